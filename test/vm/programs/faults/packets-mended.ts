// The report has its room from the start, and a packet goes when its summary is made.
const report = Buffer.alloc(24000)
const summaries: { id: number; sum: number }[] = []
let n = 0
function receive() {
    if (n >= 110) return
    const packet = Buffer.alloc(350)
    packet[0] = n
    summaries.push({ id: n, sum: packet[0] })
    if (++n === 110) report[0] = summaries.length
}
setInterval(receive, 100)
