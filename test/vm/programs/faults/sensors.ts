// Names of sensors come to lie between drafts, of which nothing stays; then a picture wants to be made.
const names: string[] = []
let drafts: Buffer[] = []
for (let i = 0; i < 250; i++) {
    const draft = Buffer.alloc(160)
    draft[0] = i
    drafts.push(draft)
    names.push("sensor " + i)
}
drafts = []
let picture: Buffer
setTimeout(() => {
    picture = Buffer.alloc(30000) // here
    picture[0] = names.length
}, 2000)
