/** What the page shows below the chart, one at a time: the moment that is looked at is the same in all. */
export const VIEWS = [
    { name: "heap", title: "Heap" },
    { name: "objects", title: "Objects" },
    { name: "allocations", title: "Allocations" },
    { name: "advice", title: "Advice" },
    { name: "learn", title: "Learn" },
    { name: "flash", title: "Flash" },
    { name: "layout", title: "Layout" },
] as const

export type ViewName = (typeof VIEWS)[number]["name"]
