import { expect, test } from "vitest"
import { wantedAnswers, wantedFrom } from "../../../../host/simulator/world/wanted-answer"

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
    expect(wantedAnswers([types, use]).any).toEqual({
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
    expect(wantedAnswers([text]).any).toEqual({
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
    expect(wantedAnswers([text]).any).toEqual({
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
    expect(wantedAnswers([text]).any).toEqual([{ status: "success" }])
})

test("of a program that reads no document nothing is known", () => {
    expect(wantedAnswers([`const a = await fetch(url); console.log(a.status)`]).any).toBeUndefined()
    expect(wantedAnswers([]).any).toBeUndefined()
    expect(wantedAnswers([`const a = await res.json(); console.log(a)`]).any).toBeUndefined()
})

test("each address has what is read of what comes from there", () => {
    const config = `export const BASE = "https://api.example.com"
        const MINE = \`\${BASE}/repos\``
    const text = `
        async function prices() {
            const answer = await fetch("https://prices.example.com/today?in=eur")
            const { rate } = await answer.json()
            return rate * 2
        }
        async function issues(id: number) {
            let answer
            try { answer = await fetch(\`\${BASE}/issues/\${id}\`) } catch (error) { return }
            const issues = await answer.json()
            for (const issue of issues) console.log(issue.title)
        }
        async function repos() {
            const answer = await fetch(MINE + "?page=" + page)
            const repos = (await answer.json())
            console.log(repos.count + 1)
        }
        async function anywhere(host: string) {
            const answer = await fetch("https://" + host)
            const body = await answer.json()
            console.log(body.somewhere)
        }`
    const wanted = wantedAnswers([config, text])
    expect(wantedFrom(wanted, "prices.example.com", "/today?in=eur")).toEqual({ rate: 10 })
    expect(wantedFrom(wanted, "api.example.com", "/issues/7")).toEqual([{ title: "simulated" }])
    expect(wantedFrom(wanted, "api.example.com", "/repos?page=1")).toEqual({ count: 10 })
    // Nobody says what comes from there: what anybody reads.
    const any = { rate: 10, count: 10, somewhere: "simulated" }
    expect(wantedFrom(wanted, "api.example.com", "/others")).toMatchObject(any)
})

test("an address that the text does not tell is none", () => {
    const of = (text: string) => [...wantedAnswers([text]).from.keys()]
    const reads = "const { a } = await answer.json(); console.log(a)"
    expect(of(`const answer = await fetch("https://h.example.com"); ${reads}`)).toEqual([
        "h.example.com",
    ])
    expect(of(`const answer = await fetch("https://h.example.com:81/a#b"); ${reads}`)).toEqual([
        "h.example.com/a",
    ])
    expect(of(`const answer = await fetch("https://h." + domain); ${reads}`)).toEqual([])
    expect(of(`const answer = await fetch(\`https://\${host}/a\`); ${reads}`)).toEqual([])
    expect(of(`const answer = await fetch(url); ${reads}`)).toEqual([])
    expect(of(`fetch("https://h.example.com/a")\nfunction b() { ${reads} }`)).toEqual([])
    // It names itself.
    expect(of(`const A = \`\${A}\`\nconst answer = await fetch(A); ${reads}`)).toEqual([])
})
