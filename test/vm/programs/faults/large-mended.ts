const picture = Buffer.alloc(20000)
for (let i = 0; i < 4; i++) picture.fillAt(0, 20000, i)
setInterval(() => console.log(picture.length), 1000)
