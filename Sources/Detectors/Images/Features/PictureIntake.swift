internal import LinearAlgebra

/// Takes in training pictures, some at a time, and computes their features.
struct PictureIntake {
    private let configuration: ImageDetector
    private let geometry: PictureGeometry
    private let inFile: Bool
    private var pictures: StoredRows
    private var descriptors: StoredRows
    private var pooled: StoredRows
    private var cells: StoredRows
    private var lengths: [Double] = []
    private var lights: [[Double]] = []
    private var alignment: AlignmentSums

    /// - Parameter inFile: whether pictures and features lie in scratch files; if not, all pictures are
    ///   added at once.
    init(_ configuration: ImageDetector, shape: ImageShape, inFile: Bool) throws {
        self.configuration = configuration
        self.inFile = inFile
        geometry = PictureGeometry(shape, pooledSide: configuration.pooledSide)
        func rows(_ columnCount: Int) throws -> StoredRows {
            try StoredRows(capacity: 0, columnCount: columnCount, inFile: inFile)
        }
        pictures = try rows(shape.elementCount)
        descriptors = try rows(geometry.descriptorSize)
        pooled = try rows(geometry.pooledCount)
        cells = try rows(geometry.structure.pictureSize)
        alignment = AlignmentSums(geometry)
    }

    /// Adds pictures of the right size, numbers from 0 to 1.
    ///
    /// - Throws: `FileError` if the disk is full.
    mutating func add(_ pictures: Matrix, threadCount: Int) throws {
        let features = FeatureBlock(pictures, geometry, threadCount: threadCount)
        lengths += features.lengths
        lights += features.lights
        alignment.add(pictures)
        try keep(pictures, in: &self.pictures)
        try keep(features.pooled, in: &pooled)
        guard configuration.measures == .all else { return }
        try keep(features.descriptors, in: &descriptors)
        try keep(features.cells, in: &cells)
    }

    /// What is known of all pictures, of which there is at least one.
    func finished() -> TrainingPictures {
        let meanLength = lengths.reduce(0, +) / Double(lengths.count)
        return TrainingPictures(
            pictures: pictures,
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
            precondition(rows.rowCount == 0, "all pictures at once")
            rows = StoredRows(matrix)
            return
        }
        try matrix.withUnsafeElements { elements throws in
            guard let base = elements.baseAddress else { return }
            try rows.append(base, count: matrix.rowCount)
        }
    }
}

/// The sums that tell how well pictures are aligned.
private struct AlignmentSums {
    private let geometry: PictureGeometry
    private let features: PictureFeatures
    private var sums: [Double]
    private var squares = 0.0
    private var count = 0

    init(_ geometry: PictureGeometry) {
        self.geometry = geometry
        features = PictureFeatures(geometry)
        sums = [Double](repeating: 0, count: geometry.shape.pixelCount)
    }

    mutating func add(_ pictures: Matrix) {
        let width = geometry.shape.pixelCount
        count += pictures.rowCount
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
    }

    /// The variance over pixels of the mean picture, divided by that of all pixels of all pictures.
    var value: Double {
        let width = Double(sums.count)
        let means = sums.map { $0 / Double(count) }
        let mean = means.reduce(0, +) / width
        let ofMeans = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / width
        let all = squares / (Double(count) * width) - mean * mean
        // Pictures without any contrast are as aligned as can be.
        return all > 1e-9 ? min(max(ofMeans / all, 0), 1) : 1
    }
}
