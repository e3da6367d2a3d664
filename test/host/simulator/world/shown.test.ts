import { expect, test } from "vitest"
import { MemoryModel } from "../../../../host/model/memory-model"
import { shownAsTold, tellShown, type Picture, type Shown } from "../../../../host/model/shown"
import { ShownTeller } from "../../../../host/simulator/world/shown"

const picture = (): Picture => ({ width: 2, height: 1, rgb: Uint8Array.of(0, 0, 0, 255, 1, 2) })

test("what is shown is told when it has changed, and comes out as it was", () => {
    const pixels = picture()
    let text = ["Hello"]
    let leds = Uint8Array.of(1, 2, 3)
    const teller = new ShownTeller({
        screens: () => [
            { name: "OLED", picture: () => pixels },
            { name: "LCD", picture: () => undefined, text: () => text },
        ],
        strips: () => [{ pin: 2, rgb: leds, sent: 1 }],
    })
    const first = teller.news(100)
    expect(teller.news(200)).toBeUndefined()
    const model = new MemoryModel()
    model.add(first!)
    expect(model.shown).toEqual([
        { name: "OLED", kind: "display", picture: picture() },
        { name: "LCD", kind: "display", text: ["Hello"] },
        {
            name: "LED strip at pin 2",
            kind: "strip",
            picture: { width: 1, height: 1, rgb: Uint8Array.of(1, 2, 3) },
        },
    ])
    pixels.rgb[5] = 9
    expect(teller.news(300)?.atMs).toBe(300)
    text = ["Hello", "world"]
    expect(teller.news(400)?.shown[1]?.text).toEqual(text)
    leds = Uint8Array.of(1, 2, 4)
    expect(teller.news(500)).toBeDefined()
    expect(teller.news(600)).toBeUndefined()
})

test("a picture that is not what it says is left out", () => {
    const shown: Shown = { name: "OLED", kind: "display", picture: picture() }
    const told = tellShown(shown)
    expect(shownAsTold(told)).toEqual(shown)
    for (const wrong of [{ rgb: "00" }, { rgb: told.picture!.rgb + "00" }, { width: 1e9 }])
        expect(shownAsTold({ ...told, picture: { ...told.picture!, ...wrong } })).toEqual({
            name: "OLED",
            kind: "display",
        })
})
