// Loads more than the heap holds, in one go at start.
const table: string[] = []
for (let i = 0; i < 5000; i++) table.push("row " + i)
console.log("loaded " + table.length)
