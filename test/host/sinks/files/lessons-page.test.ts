import { existsSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { packageRoot } from "../../../../host/base/node/package-root"
import { lessonsPage } from "../../../../host/sinks/files/lessons-page"
import { listLessons } from "../../../../host/tasks/lesson/catalogue"

const lessons = listLessons()
const page = lessonsPage(lessons)

test("the page beside the lessons is made from them", async () => {
    await expect(page).toMatchFileSnapshot(join(packageRoot(), "devs/lessons/README.md"))
})

test("it has every point of every lesson, once, and both links", () => {
    for (const { brief, links } of lessons) {
        for (const point of brief) expect(page.split(`| ${point} |`)).toHaveLength(2)
        for (const { url } of links) expect(page).toContain(`](${url})`)
    }
})

test("the commands that it names are there", () => {
    const table = page.slice(page.indexOf("## What is no technique"))
    const named = [...table.matchAll(/`([a-z]+)`/g)].map(([, command]) => command!)
    expect(named.length).toBeGreaterThan(5)
    for (const command of named)
        expect(existsSync(join(packageRoot(), `host/cli/commands/${command}.ts`)), command).toBe(
            true,
        )
})
