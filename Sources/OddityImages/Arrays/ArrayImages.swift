internal import OddityArrays

/// The images of an array (count, height, width[, channels]).
///
/// Only positions of the file are read, which several threads may do at once.
final class ArrayImages: @unchecked Sendable {
    let path: String
    let count: Int
    let size: ImageSize
    /// 1 grey, 2 grey and alpha, 3 color, 4 color and alpha.
    private let channelCount: Int
    private let fullScale: Float
    private let array: ArrayFile

    convenience init(path: String, options: ImageReadingOptions) throws(ImageError) {
        let array: ArrayFile
        do {
            array = try ArrayFile.open(path, options: ArrayReadingOptions(options)) { header in
                try Self.check(header, options: options)
            }
        } catch let error as ArrayError {
            throw ImageError(error)
        } catch {
            throw (error as? ImageError)?.named(path)
                ?? ImageError(.readFailed, "\(error)", file: path)
        }
        self.init(checked: array, path: path, options: options)
    }

    /// The images of an array.
    ///
    /// - Parameter name: What errors call the array.
    convenience init(
        _ array: ArrayFile,
        name: String,
        options: ImageReadingOptions
    ) throws(ImageError) {
        do throws(ImageError) {
            try Self.check(array.header, options: options)
        } catch {
            throw error.named(name)
        }
        self.init(checked: array, path: name, options: options)
    }

    private init(checked array: ArrayFile, path: String, options: ImageReadingOptions) {
        let shape = array.header.shape
        count = shape[0]
        size = ImageSize(width: shape[2], height: shape[1])
        channelCount = shape.count == 4 ? shape[3] : 1
        fullScale = options.fullScale ?? array.header.element.fullScale
        self.array = array
        self.path = path
    }

    /// Refuses what are no images.
    private static func check(
        _ header: ArrayHeader,
        options: ImageReadingOptions
    ) throws(ImageError) {
        let shape = header.shape
        guard shape.count == 3 || shape.count == 4 else {
            throw invalidShape(shape, "give an array of 3 or 4 dimensions")
        }
        guard shape.count == 3 || (1...4).contains(shape[3]) else {
            throw invalidShape(
                shape,
                (1...4).contains(shape[1])
                    ? "move the channels behind the width" : "give images of 1 to 4 channels"
            )
        }
        try options.check(ImageSize(width: shape[2], height: shape[1]))
        guard shape[0] > 0 else {
            throw ImageError(.noImages, "the array holds no images; give another")
        }
        if let fullScale = options.fullScale, !(fullScale > 0 && fullScale.isFinite) {
            throw ImageError(.invalidOption, "a full scale of \(fullScale); give one above 0")
        }
    }

    var isColor: Bool { channelCount > 2 }

    func name(at index: Int) -> String { "\(path)[\(index)]" }

    func image(at index: Int) throws(ImageError) -> Image {
        let element = array.header.element
        let byteCount = size.pixelCount * channelCount * element.byteCount
        var bytes = [UInt8](repeating: 0, count: byteCount)
        let result = bytes.withUnsafeMutableBytes { target in
            Result { () throws(ArrayError) in try array.read(into: target, at: index * byteCount) }
                .mapError { ImageError($0) }
        }
        do throws(ImageError) {
            try result.get()
            var numbers = bytes.withUnsafeBytes { element.floats($0) }
            try scale(&numbers, isFloat: element.kind == .float)
            return try image(of: numbers)
        } catch {
            throw error.named(name(at: index))
        }
    }

    private func scale(_ numbers: inout [Float], isFloat: Bool) throws(ImageError) {
        let fullScale = fullScale
        let wrong = numbers.withUnsafeMutableBufferPointer { numbers in
            var wrong: Int?
            for i in numbers.indices {
                numbers[i] /= fullScale
                let isAllowed = isFloat ? numbers[i].isFinite : numbers[i] >= 0 && numbers[i] <= 1
                if !isAllowed, wrong == nil { wrong = i }
            }
            return wrong
        }
        guard let wrong else { return }
        let value = numbers[wrong] * fullScale
        throw ImageError(
            .invalidValue,
            isFloat
                ? "a number is \(value); remove the image, or fix it"
                : "a number is \(value), outside 0 to \(fullScale); give the number that is white"
                    + " as the full scale"
        )
    }

    /// Drops an opaque alpha channel, or lays the image on black.
    private func image(of numbers: [Float]) throws(ImageError) -> Image {
        guard channelCount == 2 || channelCount == 4 else {
            return Image(size: size, channelCount: channelCount, elements: numbers)
        }
        let kept = channelCount - 1
        var result = Image(size: size, channelCount: kept)
        for i in 0..<size.pixelCount {
            let alpha = numbers[i * channelCount + kept]
            guard 0...1 ~= alpha else {
                throw ImageError(
                    .invalidValue,
                    "an alpha is \(alpha * fullScale), outside 0 to \(fullScale); fix it, leave the channel out, or give the number"
                        + " that is white as the full scale"
                )
            }
            for c in 0..<kept {
                result.elements[i * kept + c] = numbers[i * channelCount + c] * alpha
            }
        }
        return result
    }

    private static func invalidShape(_ shape: [Int], _ hint: String) -> ImageError {
        let text = shape.map(String.init).joined(separator: ", ")
        return ImageError(
            .invalidShape,
            "the shape (\(text)) is not (count, height, width[, channels]); \(hint)"
        )
    }
}
