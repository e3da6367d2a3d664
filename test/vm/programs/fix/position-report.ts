// Reads what a GPS receiver says, a line at a time, field by field.
const LINES = [
    "$GPGGA,120044,4807.038,N,01131.000,E,1,08,0.9,545.4,M",
    "$GPGGA,120045,4807.041,N,01131.002,E,1,08,0.9,545.2,M",
    "$GPGSA,A,3,04,05,,09,12,,,24,,,,,2.5,1.3,2.1",
    "$GPGGA,120046,4807.044,N,01131.005,E,1,07,1.0,545.9,M",
]

interface Position {
    time: number
    latitude: string
    longitude: string
    satellites: number
}

function parse(line: string): Position {
    const fields = line.split(",")
    if (fields[0] !== "$GPGGA") return undefined
    return {
        time: parseInt(fields[1]),
        latitude: fields[2] + fields[3],
        longitude: fields[4] + fields[5],
        satellites: parseInt(fields[7]),
    }
}

let at = 0
setInterval(() => {
    const position = parse(LINES[at])
    at = (at + 1) % LINES.length
    if (position)
        console.log(
            `${position.time}: ${position.latitude} ${position.longitude}, ${position.satellites}`,
        )
}, 1000)
