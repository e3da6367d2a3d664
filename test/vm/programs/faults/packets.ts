// A summary is made beside each packet; when all have come, the packets go and a report is made.
let packets: Buffer[] = []
const summaries: { id: number; sum: number }[] = []
let report: Buffer
let n = 0
function receive() {
    if (report) return
    const packet = Buffer.alloc(350)
    packet[0] = n
    packets.push(packet)
    summaries.push({ id: n, sum: packet[0] })
    if (++n < 110) return
    packets = []
    finish()
}
function finish() {
    report = Buffer.alloc(24000) // here
    report[0] = summaries.length
}
setInterval(receive, 100)
