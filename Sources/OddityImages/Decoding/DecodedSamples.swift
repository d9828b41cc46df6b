/// Samples as a decoder gives them, channels last: 1 grey, 2 grey and alpha, 3 color, 4 color and alpha.
struct DecodedSamples {
    enum Storage {
        case bytes([UInt8])
        case words([UInt16])
    }

    var size: ImageSize
    var channelCount: Int
    var storage: Storage
    var orientation = ImageOrientation.up
    /// The word that is white; the byte is 255.
    var white: UInt16 = 65_535

    /// The image, upright, without alpha.
    ///
    /// An alpha channel that is opaque everywhere is dropped; else the image is laid on black.
    var image: Image {
        let elements: [Float]
        switch storage {
        case .bytes(let samples):
            let table = (0..<256).map { Float($0) / 255 }
            elements = table.withUnsafeBufferPointer { table in
                brightness(of: samples, full: 255) { table[Int($0)] }
            }
        case .words(let samples):
            let white = Float(white)
            elements = brightness(of: samples, full: self.white) { Float($0) / white }
        }
        let count = channelCount > 2 ? 3 : 1
        return Image(size: size, channelCount: count, elements: elements).oriented(orientation)
    }

    @inline(__always)
    private func brightness<Sample: FixedWidthInteger>(
        of samples: [Sample],
        full: Sample,
        _ value: (Sample) -> Float
    ) -> [Float] {
        let (pixelCount, stride) = (size.pixelCount, channelCount)
        let hasAlpha = channelCount == 2 || channelCount == 4
        let kept = hasAlpha ? stride - 1 : stride
        return [Float](unsafeUninitializedCapacity: pixelCount * kept) { target, count in
            samples.withUnsafeBufferPointer { samples in
                if !hasAlpha {
                    for i in 0..<pixelCount * kept { target[i] = value(samples[i]) }
                } else {
                    let isOpaque = (0..<pixelCount).allSatisfy {
                        samples[$0 * stride + kept] == full
                    }
                    for i in 0..<pixelCount {
                        let alpha = isOpaque ? 1 : value(samples[i * stride + kept])
                        for c in 0..<kept {
                            target[i * kept + c] = value(samples[i * stride + c]) * alpha
                        }
                    }
                }
            }
            count = pixelCount * kept
        }
    }
}

/// What a file says of its image before the pixels.
struct ImageHeader: Sendable {
    /// The size after the orientation is applied.
    var size: ImageSize
    var isColor: Bool
}
