internal import OddityLinearAlgebra

/// What a member makes of the images of its fold, which it never saw.
struct HeldOutImages: Sendable {
    /// The images, in the order of everything below.
    let rows: [Int]
    private(set) var global: [Double] = []
    private(set) var pixels: [Double] = []
    private(set) var codes: [Double] = []
    /// The mean squared residuals of pooled pixels.
    private(set) var errors: [Double] = []
    /// For each image its map of squared distances of structure patches; empty where only pixels count.
    private(set) var structureMaps: StoredRows
    /// For each image its map of squared distances of raw patches; empty where only pixels count.
    private(set) var rawMaps: StoredRows
    /// For each image its map of squared residuals of pixels; empty when not wanted.
    private(set) var pixelMaps: StoredRows

    init(_ member: ImageMember, _ images: TrainingImages, rows: [Int]) throws {
        self.rows = rows
        let measurer = ImageMeasurer(images.basis, members: [member])
        let part = measurer.parts[0]
        let geometry = images.basis.geometry
        func maps(_ size: Int, isWanted: Bool) throws -> StoredRows {
            try StoredRows(
                capacity: isWanted ? rows.count : 0,
                columnCount: size,
                inFile: images.inFile
            )
        }
        let hasParts = member.parts != nil
        structureMaps = try maps(geometry.structure.patchCount, isWanted: hasParts)
        rawMaps = try maps(geometry.raw.patchCount, isWanted: hasParts)
        pixelMaps = try maps(geometry.pooledShape.pixelCount, isWanted: part.pixelMaps != nil)
        let chunk = AlignedBuffer(count: measurer.chunkSize * geometry.shape.elementCount)
        for start in stride(from: 0, to: rows.count, by: measurer.chunkSize) {
            let places = rows[start..<min(start + measurer.chunkSize, rows.count)]
            let count = places.count
            try images.images.write(rows: places, into: chunk.baseAddress)
            measurer.measure(chunk.baseAddress, count: count)
            pixels += part.pixelResiduals[..<count]
            codes += part.codeDistances.prefix(count)
            errors += part.pixelErrors[..<count]
            if let maps = part.pixelMaps { try pixelMaps.append(maps.baseAddress, count: count) }
            guard hasParts else { continue }
            global += part.globalResiduals[..<count]
            try structureMaps.append(part.structureMaps.baseAddress, count: count)
            try rawMaps.append(part.rawMaps.baseAddress, count: count)
        }
    }

    /// The measures of the images, once maps are calibrated.
    func measures(
        structure: MapCalibration?,
        raw: MapCalibration?,
        pixels pixelMap: PixelMapCalibration?
    ) throws -> [ImageMeasurements] {
        func scores(_ maps: StoredRows, _ score: (UnsafePointer<Float>) -> Double) throws
            -> [Double]
        {
            var result: [Double] = []
            try maps.forEachRow { result.append(score($0)) }
            return result
        }
        let structure = try structure.map { map in try scores(structureMaps, map.score(unscaled:)) }
        let raw = try raw.map { map in try scores(rawMaps, map.score(unscaled:)) }
        let ofPixels = try pixelMap.map { map in try scores(pixelMaps, map.score(unscaled:)) }
        return rows.indices.map { index in
            ImageMeasurements(
                global: global.isEmpty ? 0 : global[index],
                structure: structure?[index] ?? 0,
                raw: raw?[index] ?? 0,
                pixels: ofPixels?[index] ?? pixels[index],
                code: codes.isEmpty ? 0 : codes[index]
            )
        }
    }
}
