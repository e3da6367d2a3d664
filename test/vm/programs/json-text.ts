// Texts as JSON: what is not ASCII stays as it is, what is below a space does not.
for (const text of [
    "plain",
    "äöü",
    "3 €",
    "naïve 😀",
    'a "quoted" \\ one',
    "tab\tline\nreturn\rone\u0001",
])
    console.log(JSON.stringify({ text }))
