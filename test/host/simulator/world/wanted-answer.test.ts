import { expect, test } from "vitest"
import { wantedAnswer } from "../../../../host/simulator/world/wanted-answer"

test("a document has the fields of the type that it is taken for", () => {
    const types = `
        interface Key { primary: string; retries?: number }
        type Auth = { key: Key, isOpen: boolean }
        // const never = (await answer.json()) as Ghost
        export interface Registered { id: string, authentication: Auth, kind: "twin" | "edge"
            tags: string[] }`
    const use = `
        export async function register(): Promise<Registered> {
            const answer = await fetch(url)
            const text = await answer.text()
            return JSON.parse(text) as Registered
        }`
    expect(wantedAnswer([types, use])).toEqual({
        id: "simulated",
        authentication: { key: { primary: "simulated", retries: 10 }, isOpen: true },
        kind: "twin",
        tags: ["simulated"],
    })
})

test("or the fields that it is asked for, through the names that hold its parts", () => {
    const text = `
        const res = await fetch(url)
        const body = await res.json()
        const { main: weather, name } = body
        const place = body.place
        console.log(weather.feelsLike, place.town.postcode, body["unit"])
        for (const day of body.days) console.log(day.high)
        body.hours.forEach(hour => console.log(hour.rain))
        if (body.state === "open") go()
        body.toString()`
    expect(wantedAnswer([text])).toEqual({
        main: { feelsLike: 10 },
        name: "simulated",
        place: { town: { postcode: "simulated" } },
        unit: "simulated",
        days: [{ high: 10 }],
        hours: [{ rain: 10 }],
        state: "open",
    })
})

test("with numbers where it counts with them, and the parts of lists that it goes through", () => {
    const text = `
        const body = await res.json()
        const warmer = body.USD.rate + 1
        if (body.depth > most) console.log(body.name + " is deep", 2 * body.share)
        for (let i = 0; i < body.rows.length; i++) {
            const row = body.rows[i]
            console.log(row.title, Math.round(row.worth), body.rows[i].unixtime)
        }`
    expect(wantedAnswer([text])).toEqual({
        USD: { rate: 10 },
        depth: 10,
        name: "simulated",
        share: 10,
        rows: [{ title: "simulated", worth: 10, unixtime: 1_000_000_000 }],
    })
})

test("and is a list where it is taken for one", () => {
    const text = `
        const pipelines = await res.json()
        if (pipelines.length > 0) {
            const latest = pipelines[0]
            const found = latest.status
            if (found === "success") return
        }`
    expect(wantedAnswer([text])).toEqual([{ status: "success" }])
})

test("of a program that reads no document nothing is known", () => {
    expect(wantedAnswer([`const a = await fetch(url); console.log(a.status)`])).toBeUndefined()
    expect(wantedAnswer([])).toBeUndefined()
    expect(wantedAnswer([`const a = await res.json(); console.log(a)`])).toBeUndefined()
})
