internal import OddityLinearAlgebra

/// Takes in training images, some at a time, and computes their features.
struct ImageIntake {
    private let configuration: ImageDetector
    private let geometry: ImageGeometry
    private let inFile: Bool
    private var images: StoredRows
    private var descriptors: StoredRows
    private var pooled: StoredRows
    private var cells: StoredRows
    private var lengths: [Double] = []
    private var lights: [[Double]] = []
    private var alignment: AlignmentSums

    /// - Parameter inFile: whether images and features lie in scratch files; if not, all images are
    ///   added at once.
    init(_ configuration: ImageDetector, shape: ImageShape, inFile: Bool) throws {
        self.configuration = configuration
        self.inFile = inFile
        geometry = ImageGeometry(shape, pooledSide: configuration.pooledSide)
        func rows(_ columnCount: Int) throws -> StoredRows {
            try StoredRows(capacity: 0, columnCount: columnCount, inFile: inFile)
        }
        images = try rows(shape.elementCount)
        descriptors = try rows(geometry.descriptorSize)
        pooled = try rows(geometry.pooledCount)
        cells = try rows(geometry.structure.imageSize)
        alignment = AlignmentSums(geometry)
    }

    /// Adds images of the right size, numbers from 0 to 1.
    ///
    /// - Throws: `FileError` if the disk is full.
    mutating func add(_ images: Matrix, threadCount: Int) throws {
        let features = FeatureBlock(images, geometry, threadCount: threadCount)
        lengths += features.lengths
        lights += features.lights
        alignment.add(images)
        try keep(images, in: &self.images)
        try keep(features.pooled, in: &pooled)
        guard configuration.measures == .all else { return }
        try keep(features.descriptors, in: &descriptors)
        try keep(features.cells, in: &cells)
    }

    /// What is known of all images, of which there is at least one.
    func finished() -> TrainingImages {
        let meanLength = lengths.reduce(0, +) / Double(lengths.count)
        return TrainingImages(
            images: images,
            basis: ImageBasis(
                geometry: geometry,
                leastLength: Float(ImageBasis.leastLengthShare * meanLength),
                keepsPixelMaps: configuration.keepsPixelMaps,
                codeLayer: configuration.codeLayer(geometry)
            ),
            descriptors: descriptors,
            pooled: pooled,
            cells: cells,
            lights: lights,
            alignment: alignment.value,
            inFile: inFile
        )
    }

    private func keep(_ matrix: Matrix, in rows: inout StoredRows) throws {
        guard inFile else {
            precondition(rows.rowCount == 0, "all images at once")
            rows = StoredRows(matrix)
            return
        }
        try matrix.withUnsafeElements { elements throws in
            guard let base = elements.baseAddress else { return }
            try rows.append(base, count: matrix.rowCount)
        }
    }
}

/// The sums that tell how well images are aligned.
private struct AlignmentSums {
    private let geometry: ImageGeometry
    private let features: ImageFeatures
    private var sums: [Double]
    private var squares = 0.0
    private var count = 0

    init(_ geometry: ImageGeometry) {
        self.geometry = geometry
        features = ImageFeatures(geometry)
        sums = [Double](repeating: 0, count: geometry.shape.pixelCount)
    }

    mutating func add(_ images: Matrix) {
        let width = geometry.shape.pixelCount
        count += images.rowCount
        images.withUnsafeElements { elements in
            guard let base = elements.baseAddress else { return }
            for row in 0..<images.rowCount {
                features.writeGrey(base + row * images.columnCount)
                let grey = features.lastGrey
                for j in 0..<width {
                    let x = Double(grey[j])
                    sums[j] += x
                    squares += x * x
                }
            }
        }
    }

    /// The variance over pixels of the mean image, divided by that of all pixels of all images.
    var value: Double {
        let width = Double(sums.count)
        let means = sums.map { $0 / Double(count) }
        let mean = means.reduce(0, +) / width
        let ofMeans = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / width
        let all = squares / (Double(count) * width) - mean * mean
        // Images without any contrast are as aligned as can be.
        return all > 1e-9 ? min(max(ofMeans / all, 0), 1) : 1
    }
}
