internal import COddityKernels
internal import OddityLinearAlgebra
internal import OddityPlatform

/// Computes what the parts of a detector look at, one image at a time.
///
/// It has workspaces, so it serves one thread.
final class ImageFeatures {
    /// The least length that a descriptor is divided by: that of an image with hardly an edge.
    static let leastLength: Float = 1e-3
    /// How much red, green and blue count in grey (ITU-R BT.601).
    static let greyWeights: [Float] = [0.299, 0.587, 0.114]
    /// What is added to a brightness before its logarithm is taken.
    static let darkness: Float = 0.05

    private let geometry: ImageGeometry
    private let grey: AlignedBuffer
    private let blurred: AlignedBuffer
    private let halfBlurred: AlignedBuffer
    private let structureCells: EdgeCells
    private let descriptorCells: EdgeCells?

    init(_ geometry: ImageGeometry) {
        self.geometry = geometry
        let shape = geometry.shape
        grey = AlignedBuffer(count: shape.pixelCount)
        blurred = AlignedBuffer(count: shape.pixelCount)
        halfBlurred = AlignedBuffer(count: shape.pixelCount)
        structureCells = EdgeCells(
            height: shape.height,
            width: shape.width,
            cell: geometry.structureCell
        )
        descriptorCells =
            geometry.sharesCells
            ? nil
            : EdgeCells(
                height: shape.height,
                width: shape.width,
                cell: geometry.descriptorCell
            )
    }

    /// Computes the edge strengths of an image's cells and its descriptor.
    ///
    /// - Parameters:
    ///   - image: numbers from 0 to 1, channels last.
    ///   - cells: where the numbers of the grid of structure patches go.
    ///   - descriptor: where the cells' strengths, divided by their length, go.
    func measureEdges(
        _ image: UnsafePointer<Float>,
        cells: UnsafeMutablePointer<Float>,
        descriptor: UnsafeMutablePointer<Float>
    ) {
        let grey = UnsafePointer(grey.baseAddress)
        writeGrey(image)
        if geometry.blursStructure || geometry.blursDescriptor { blur(grey) }
        let blurred = UnsafePointer(blurred.baseAddress)
        structureCells.measure(geometry.blursStructure ? blurred : grey, into: cells)
        let count = geometry.descriptorSize
        if let descriptorCells {
            descriptorCells.measure(geometry.blursDescriptor ? blurred : grey, into: descriptor)
        } else {
            descriptor.update(from: cells, count: count)
        }
        let length = Float(oddity_sum_of_squares(descriptor, count).squareRoot())
        let factor = 1 / max(length, ImageFeatures.leastLength)
        for i in 0..<count { descriptor[i] *= factor }
    }

    /// Computes the logarithm of each number, so that a scratch counts as much in the dark as in the
    /// light.
    func measureLogarithms(
        _ image: UnsafePointer<Float>,
        into result: UnsafeMutablePointer<Float>
    ) {
        for i in 0..<geometry.shape.elementCount {
            result[i] = log(image[i] + ImageFeatures.darkness)
        }
    }

    /// Computes the means of boxes of pixels; boxes at the lower and right edge may hold fewer.
    func pool(_ image: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>) {
        let shape = geometry.shape
        let size = geometry.poolSize
        guard size > 1 else {
            result.update(from: image, count: shape.elementCount)
            return
        }
        let channels = shape.channels
        var target = result
        for top in stride(from: 0, to: shape.height, by: size) {
            for left in stride(from: 0, to: shape.width, by: size) {
                let bottom = min(top + size, shape.height)
                let right = min(left + size, shape.width)
                target.update(repeating: 0, count: channels)
                for y in top..<bottom {
                    let line = image + (y * shape.width + left) * channels
                    for i in 0..<(right - left) * channels { target[i % channels] += line[i] }
                }
                let factor = 1 / Float((bottom - top) * (right - left))
                for channel in 0..<channels { target[channel] *= factor }
                target += channels
            }
        }
    }

    /// The luminance of an image (ITU-R BT.601), or its one channel.
    func writeGrey(_ image: UnsafePointer<Float>) {
        let target = grey.baseAddress
        let count = geometry.shape.pixelCount
        guard geometry.shape.channels == 3 else {
            target.update(from: image, count: count)
            return
        }
        let weights = ImageFeatures.greyWeights
        let (red, green, blue) = (weights[0], weights[1], weights[2])
        for i in 0..<count {
            let pixel = image + 3 * i
            target[i] = red * pixel[0] + green * pixel[1] + blue * pixel[2]
        }
    }

    /// The grey image that was written last.
    var lastGrey: UnsafePointer<Float> { UnsafePointer(grey.baseAddress) }

    /// Weighs each pixel and its neighbours by ¼, ½ and ¼ along both axes.
    private func blur(_ image: UnsafePointer<Float>) {
        let width = geometry.shape.width
        let height = geometry.shape.height
        for y in 0..<height {
            let source = image + y * width
            let target = halfBlurred.baseAddress + y * width
            for x in 0..<width {
                target[x] =
                    0.25 * (source[max(x - 1, 0)] + source[min(x + 1, width - 1)])
                    + 0.5 * source[x]
            }
        }
        for y in 0..<height {
            let here = halfBlurred.baseAddress + y * width
            let above = halfBlurred.baseAddress + max(y - 1, 0) * width
            let below = halfBlurred.baseAddress + min(y + 1, height - 1) * width
            let target = blurred.baseAddress + y * width
            for x in 0..<width { target[x] = 0.25 * (above[x] + below[x]) + 0.5 * here[x] }
        }
    }
}
