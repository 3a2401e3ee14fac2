/** Minutes east of Greenwich of the zone names that turn up in feeds. RFC 822's own, then what people write. */
const zones: Readonly<Record<string, number>> = {
  ...{
    ut: 0,
    utc: 0,
    gmt: 0,
    z: 0,
    wet: 0,
    west: 60,
    bst: 60,
    ist: 330,
    cet: 60,
    cest: 120,
    met: 60,
    mest: 120,
  },
  ...{
    mez: 60,
    mesz: 120,
    eet: 120,
    eest: 180,
    msk: 180,
    msd: 240,
    trt: 180,
    ast: -240,
    adt: -180,
    gst: 240,
  },
  ...{ est: -300, edt: -240, et: -300, cst: -360, cdt: -300, ct: -360, mst: -420, mdt: -360, mt: -420 },
  ...{ pst: -480, pdt: -420, pt: -480, akst: -540, akdt: -480, hst: -600, nst: -210, ndt: -150 },
  ...{ brt: -180, brst: -120, art: -180, clt: -240, clst: -180, cot: -300, pet: -300 },
  ...{ sast: 120, eat: 180, cat: 120, wat: 60, pkt: 300, npt: 345, bdt: 360, ict: 420, wib: 420, wita: 480 },
  ...{ sgt: 480, hkt: 480, pht: 480, myt: 480, awst: 480, jst: 540, kst: 540, acst: 570, acdt: 630 },
  ...{ aest: 600, aedt: 660, nzst: 720, nzdt: 780 },
}

const offset = /(?:^|[^\d])([+-])(\d{1,2}):?(\d{2})?(?!\d)/

/** Minutes east of Greenwich of a zone as written: `+0530`, `GMT-5`, `EST`, `-0500 (EST)`. One that nobody knows is UTC. */
export function zoneMinutes(written: string): number {
  const given = offset.exec(written)
  if (given !== null) {
    const minutes = Number(given[2]) * 60 + Number(given[3] ?? 0)
    return minutes > 16 * 60 ? 0 : given[1] === '-' ? -minutes : minutes
  }
  for (const name of written.toLowerCase().match(/[a-z]+/g) ?? []) {
    const minutes = zones[name]
    if (minutes !== undefined) return minutes
  }
  return 0
}
