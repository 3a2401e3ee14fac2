/** Settings of the server (postgresql.conf names), laid over those of the house. */
export type Settings = Readonly<Record<string, string>>

/** Small, since the server shares a machine with other things, and sure: what is committed is on the disk. */
const house: Settings = {
  fsync: 'on',
  shared_buffers: '128MB',
  max_connections: '100',
  max_wal_size: '512MB',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] %a ',
}

/** Where the server listens: a socket in a directory, or the loopback address where there are no such sockets. */
export type Listen =
  { readonly socketDirectory: string } | { readonly address: string; readonly port: number }

/** The command line of the server: settings follow the program, not the day the cluster was made. */
export function serverArguments(data: string, listen: Listen, settings: Settings): string[] {
  const where: Settings =
    'socketDirectory' in listen
      ? {
          listen_addresses: '',
          port: '5432',
          // A list, in which a path with a comma must be quoted.
          unix_socket_directories: `"${listen.socketDirectory.replaceAll('"', '""')}"`,
          unix_socket_permissions: '0700',
        }
      : { listen_addresses: listen.address, port: String(listen.port), unix_socket_directories: '' }
  const all = Object.entries({ ...house, ...settings, ...where })
  return ['-D', data, ...all.flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}
