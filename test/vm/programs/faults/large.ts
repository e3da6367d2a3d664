const pictures: Buffer[] = []
for (let i = 0; i < 4; i++) {
    pictures.push(Buffer.alloc(20000)) // here
}
