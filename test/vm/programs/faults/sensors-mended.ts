// The picture is made first.
const picture = Buffer.alloc(30000)
const names: string[] = []
let drafts: Buffer[] = []
for (let i = 0; i < 120; i++) {
    const draft = Buffer.alloc(160)
    draft[0] = i
    drafts.push(draft)
    names.push("sensor " + i)
}
drafts = []
setInterval(() => {
    picture[0] = names.length
}, 2000)
