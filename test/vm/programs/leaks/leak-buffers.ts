// A frame every ten seconds, all kept: few objects, many bytes.
class Camera {
    frames: Buffer[] = []
    shoot() {
        this.frames.push(Buffer.alloc(500)) // fills
    }
}
const camera = new Camera()
setInterval(() => camera.shoot(), 10000)
