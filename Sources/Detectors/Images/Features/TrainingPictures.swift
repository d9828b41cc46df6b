internal import LinearAlgebra

/// The features of all training pictures.
struct TrainingPictures: Sendable {
    /// The pictures as they were given.
    let pictures: Matrix
    let basis: ImageBasis
    /// Pictures × numbers of the descriptor.
    let descriptors: Matrix
    /// Pictures × numbers of the pooled picture.
    let pooled: Matrix
    /// Pictures × numbers of the grid of structure patches.
    let cells: Matrix
    /// How well the pictures are aligned, from 0 to 1: the variance over pixels of the mean picture,
    /// divided by the variance of all pixels of all pictures.
    let alignment: Double

    init(
        _ pictures: Matrix,
        shape: ImageShape,
        configuration: ImageDetector = ImageDetector(),
        threadCount: Int
    ) {
        let geometry = PictureGeometry(shape, pooledSide: configuration.pooledSide)
        let count = pictures.rowCount
        var descriptors = Matrix(rowCount: count, columnCount: geometry.descriptorSize)
        var pooled = Matrix(rowCount: count, columnCount: geometry.pooledCount)
        var cells = Matrix(rowCount: count, columnCount: geometry.structure.pictureSize)
        let lengths = UnsafeMutablePointer<Double>.allocate(capacity: count)
        defer { lengths.deallocate() }
        lengths.initialize(repeating: 0, count: count)
        pictures.withUnsafeElements { source in
            descriptors.withUnsafeMutableElements { descriptors in
                pooled.withUnsafeMutableElements { pooled in
                    cells.withUnsafeMutableElements { cells in
                        guard let source = source.baseAddress,
                            let descriptors = descriptors.baseAddress,
                            let pooled = pooled.baseAddress, let cells = cells.baseAddress
                        else { return }
                        // Pieces write rows of their own.
                        nonisolated(unsafe) let (from, toDescriptors) = (source, descriptors)
                        nonisolated(unsafe) let (toPooled, toCells) = (pooled, cells)
                        nonisolated(unsafe) let toLengths = lengths
                        let pieces = min(count, threadCount <= 1 ? 1 : 4 * threadCount)
                        Parallel.forEach(count: pieces, threadCount: threadCount) { piece in
                            let features = PictureFeatures(geometry)
                            let reader = PatchReader(
                                grid: geometry.structure,
                                normalization: .length(least: 0)
                            )
                            for row in count * piece / pieces..<count * (piece + 1) / pieces {
                                let picture = from + row * shape.elementCount
                                let cells = toCells + row * geometry.structure.pictureSize
                                features.measureEdges(
                                    picture,
                                    cells: cells,
                                    descriptor: toDescriptors + row * geometry.descriptorSize
                                )
                                features.pool(picture, into: toPooled + row * geometry.pooledCount)
                                toLengths[row] = reader.meanLength(of: cells)
                            }
                        }
                    }
                }
            }
        }
        let meanLength = (0..<count).reduce(0) { $0 + lengths[$1] } / Double(count)
        self.pictures = pictures
        self.descriptors = descriptors
        self.pooled = pooled
        self.cells = cells
        basis = ImageBasis(
            geometry: geometry,
            leastLength: Float(ImageBasis.leastLengthShare * meanLength),
            keepsPixelMaps: configuration.keepsPixelMaps
        )
        alignment = TrainingPictures.alignment(of: pictures, geometry)
    }

    private static func alignment(of pictures: Matrix, _ geometry: PictureGeometry) -> Double {
        let width = geometry.shape.pixelCount
        var sums = [Double](repeating: 0, count: width)
        var squares = 0.0
        let features = PictureFeatures(geometry)
        pictures.withUnsafeElements { elements in
            guard let base = elements.baseAddress else { return }
            for row in 0..<pictures.rowCount {
                features.writeGrey(base + row * pictures.columnCount)
                let grey = features.lastGrey
                for j in 0..<width {
                    let x = Double(grey[j])
                    sums[j] += x
                    squares += x * x
                }
            }
        }
        let count = Double(pictures.rowCount)
        let means = sums.map { $0 / count }
        let mean = means.reduce(0, +) / Double(width)
        let ofMeans = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
        let all = squares / (count * Double(width)) - mean * mean
        // Pictures without any contrast are as aligned as can be.
        return all > 1e-9 ? min(max(ofMeans / all, 0), 1) : 1
    }
}
