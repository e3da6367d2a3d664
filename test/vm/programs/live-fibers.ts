// Several fibers with frames of their own, sleeping and waking, with exceptions caught.
import { sleep } from "@devicescript/core"
async function worker(name: string, ms: number) {
    let turns = 0
    const notes: any = { name: name, last: undefined }
    while (true) {
        await sleep(ms)
        turns++
        notes.last = name + " " + turns
        try {
            if (turns % 3 === 0) throw new TypeError("third turn of " + name)
        } catch (e) {
            notes.error = (e as Error).message
        }
        if (turns % 20 === 0) console.log(notes.last + " " + notes.error)
    }
}
;["ann", "bob", "cat"].forEach((name, index) => {
    const start = async () => await worker(name, 40 + index * 15)
    start.start()
})
