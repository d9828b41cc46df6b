internal import COddityKernels
internal import OddityLinearAlgebra

/// The memory between an image and the products with its windows, for one image at a time.
///
/// Reading copies windows into a matrix of patches; writing adds a matrix of patches to the windows of
/// an image. Where windows are points, both work on the image itself.
///
/// Images with padding are copied between their zeros first. Measured: gathering that looks where the
/// image ends, without that copy, makes a training step on 28×28 images an eighth slower.
final class WindowWorkspace {
    /// A block of a matrix, rows some floats apart.
    typealias Block = (elements: UnsafeMutablePointer<Float>, stride: Int)

    let geometry: WindowGeometry
    /// The rows of windows that make one block each.
    let bands: [Range<Int>]
    private let windows: oddity_windows
    private let patches: AlignedBuffer
    /// The image to read with zeros around it, if it has padding; the zeros are never overwritten.
    private let paddedSource: AlignedBuffer
    private let paddedTarget: AlignedBuffer
    private var source: UnsafePointer<Float>
    private var target: UnsafeMutablePointer<Float>

    init(_ geometry: WindowGeometry) {
        self.geometry = geometry
        let height = geometry.bandHeight
        bands = stride(from: 0, to: geometry.windows.height, by: height).map {
            $0..<min($0 + height, geometry.windows.height)
        }
        let rowLength = geometry.padded.width * geometry.channels
        windows = oddity_windows(
            columns: geometry.windows.width,
            row_step: geometry.stride.height * rowLength,
            column_step: geometry.stride.width * geometry.channels,
            kernel_height: geometry.kernel.height,
            kernel_width: geometry.kernel.width,
            tap_row_step: geometry.dilation.height * rowLength,
            tap_column_step: geometry.dilation.width * geometry.channels,
            channels: geometry.groupChannels
        )
        let paddedSize = geometry.isPadded ? geometry.padded.count * geometry.channels : 0
        paddedSource = AlignedBuffer(count: paddedSize)
        paddedTarget = AlignedBuffer(count: paddedSize)
        let patchCount = height * geometry.windows.width
        patches = AlignedBuffer(count: geometry.isPointwise ? 0 : patchCount * geometry.patchSize)
        source = UnsafePointer(paddedSource.baseAddress)
        target = paddedTarget.baseAddress
    }

    /// The number of windows in some rows of them.
    func count(_ band: Range<Int>) -> Int { band.count * geometry.windows.width }

    /// Makes an image the one that windows are read from.
    func read(_ image: UnsafePointer<Float>) {
        source = image
        guard geometry.isPadded else { return }
        let length = geometry.image.width * geometry.channels
        let rowLength = geometry.padded.width * geometry.channels
        var to = interior
        for y in 0..<geometry.image.height {
            (paddedSource.baseAddress + to).update(from: image + y * length, count: length)
            to += rowLength
        }
        source = UnsafePointer(paddedSource.baseAddress)
    }

    /// The windows of one group in some rows, a row of the matrix for each.
    func patches(_ band: Range<Int>, group: Int) -> Block {
        let image = source + group * geometry.groupChannels
        if geometry.isPointwise {
            let start = count(0..<band.lowerBound) * geometry.channels
            return (UnsafeMutablePointer(mutating: image + start), geometry.channels)
        }
        withUnsafePointer(to: windows) {
            oddity_gather_windows(
                $0,
                image,
                patches.baseAddress,
                band.lowerBound,
                band.count
            )
        }
        return (patches.baseAddress, geometry.patchSize)
    }

    /// Makes an image the one that windows are added to.
    func beginWriting(to image: UnsafeMutablePointer<Float>) {
        target = geometry.isPadded ? paddedTarget.baseAddress : image
        guard !geometry.isPointwise else { return }
        target.update(repeating: 0, count: geometry.padded.count * geometry.channels)
    }

    /// Where the windows to add are to be written; those that were read are lost.
    func block(_ band: Range<Int>, group: Int) -> Block {
        guard geometry.isPointwise else { return (patches.baseAddress, geometry.patchSize) }
        let start = count(0..<band.lowerBound) * geometry.channels
        return (target + start + group * geometry.groupChannels, geometry.channels)
    }

    /// Adds what was written to the ``block(_:group:)``.
    func add(_ band: Range<Int>, group: Int) {
        guard !geometry.isPointwise else { return }
        withUnsafePointer(to: windows) {
            oddity_add_windows(
                $0,
                patches.baseAddress,
                target + group * geometry.groupChannels,
                band.lowerBound,
                band.count
            )
        }
    }

    /// Finishes the image of ``beginWriting(to:)``.
    func endWriting(to image: UnsafeMutablePointer<Float>) {
        guard geometry.isPadded else { return }
        let length = geometry.image.width * geometry.channels
        let rowLength = geometry.padded.width * geometry.channels
        var from = interior
        for y in 0..<geometry.image.height {
            (image + y * length).update(from: paddedTarget.baseAddress + from, count: length)
            from += rowLength
        }
    }

    /// Where the image begins within its padding.
    private var interior: Int {
        (geometry.start.height * geometry.padded.width + geometry.start.width) * geometry.channels
    }
}
