extension Image {
    /// The image in grey: 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601), as Pillow does it.
    public var inGrey: Image {
        guard channelCount == 3 else { return self }
        let grey = [Float](unsafeUninitializedCapacity: size.pixelCount) { target, count in
            elements.withUnsafeBufferPointer { source in
                for i in 0..<size.pixelCount {
                    let (red, green, blue) = (source[3 * i], source[3 * i + 1], source[3 * i + 2])
                    // Equal channels must stay exactly what they are.
                    target[i] = green + 0.299 * (red - green) + 0.114 * (blue - green)
                }
            }
            count = size.pixelCount
        }
        return Image(size: size, channelCount: 1, elements: grey)
    }

    /// The image with three channels; a grey one repeats its channel.
    public var inColor: Image {
        guard channelCount == 1 else { return self }
        let color = [Float](unsafeUninitializedCapacity: size.pixelCount * 3) { target, count in
            elements.withUnsafeBufferPointer { source in
                for i in 0..<3 * size.pixelCount { target[i] = source[i / 3] }
            }
            count = size.pixelCount * 3
        }
        return Image(size: size, channelCount: 3, elements: color)
    }
}
