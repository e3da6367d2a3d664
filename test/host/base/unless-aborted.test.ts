import { expect, test } from "vitest"
import { unlessAborted } from "../../../host/base/unless-aborted"

test("gives what was promised, and its failure", async () => {
    const { signal } = new AbortController()
    expect(await unlessAborted(Promise.resolve(7), signal)).toBe(7)
    expect(await unlessAborted(Promise.resolve(8), undefined)).toBe(8)
    await expect(unlessAborted(Promise.reject(new Error("no")), signal)).rejects.toThrow("no")
})

test("is over at once when aborted, before or meanwhile, however the rest ends", async () => {
    const controller = new AbortController()
    let fail: (error: Error) => void = () => undefined
    const late = unlessAborted(new Promise((_, reject) => (fail = reject)), controller.signal)
    controller.abort(new Error("enough"))
    await expect(late).rejects.toThrow("enough")
    fail(new Error("nobody hears this"))
    const after = unlessAborted(new Promise(() => undefined), controller.signal)
    await expect(after).rejects.toThrow("enough")
})
