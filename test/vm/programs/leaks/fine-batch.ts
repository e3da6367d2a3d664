// A large report every minute, gone when it is sent.
let report: string[] | undefined = undefined
let sent = 0
setInterval(() => {
    report = []
    for (let i = 0; i < 300; i++) report.push("line " + i)
    setTimeout(() => {
        sent += report.length
        report = undefined
    }, 9000)
}, 60000)
