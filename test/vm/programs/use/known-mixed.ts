// Texts and numbers, looked for alike: a number is no key of an object.
const seen: (string | number)[] = []
for (let i = 0; i < 40; i++) seen.push(i % 2 === 0 ? i : "n" + i)
let n = 0
let found = 0
setInterval(() => {
    const asked: string | number = n % 2 === 0 ? n % 50 : "n" + (n % 50)
    n++
    if (seen.indexOf(asked) >= 0) found++
}, 50)
