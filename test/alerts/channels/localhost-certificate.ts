/**
 * A certificate for localhost and 127.0.0.1 that signs itself, valid for a hundred years, with its key. Made for tests
 * and of no use elsewhere: `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500
 * -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1`.
 */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUb0yB/i+HC7OlDi9UFubV+lPrMy8wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzAwMzA1NVoYDzIxMjYxMDMw
MDAzMDU1WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATVfPn7Is6Qp/JRA9KFQLxsyVuLhAkbVMIvBhZNWKq6HTAe+KrrbZhK
BRU1YaLNAx9l711o9i/638BEA/xthjo4o28wbTAdBgNVHQ4EFgQUJXSAXzpFvFpo
yovS3EMTOU6kY2QwHwYDVR0jBBgwFoAUJXSAXzpFvFpoyovS3EMTOU6kY2QwGgYD
VR0RBBMwEYIJbG9jYWxob3N0hwR/AAABMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZI
zj0EAwIDSAAwRQIgQdUIf13VoixmntgTE4IEJHrZBUufUTs7/kX2AC3IxlcCIQC5
4E0iOW3iJLxP3lldfgxvfsg20htyXsj3k6IoN+sV1g==
-----END CERTIFICATE-----
`

/** The key that belongs to it. */
export const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgBH5YXvbz5IaFxP3R
hBi2jma4OGwo0gsSDFAf1s/lfFKhRANCAATVfPn7Is6Qp/JRA9KFQLxsyVuLhAkb
VMIvBhZNWKq6HTAe+KrrbZhKBRU1YaLNAx9l711o9i/638BEA/xthjo4
-----END PRIVATE KEY-----
`
