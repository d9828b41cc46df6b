internal import LinearAlgebra

/// What a member makes of the pictures of its fold, which it never saw.
struct HeldOutPictures: Sendable {
    /// The pictures, in the order of everything below.
    let rows: [Int]
    private(set) var global: [Double] = []
    private(set) var pixels: [Double] = []
    /// For each picture its map of squared distances of structure patches.
    private(set) var structureMaps: [[Float]] = []
    /// For each picture its map of squared distances of raw patches.
    private(set) var rawMaps: [[Float]] = []
    /// For each picture its map of squared residuals of pixels; empty when not wanted.
    private(set) var pixelMaps: [[Float]] = []

    init(_ member: ImageMember, _ pictures: TrainingPictures, rows: [Int]) {
        self.rows = rows
        let measurer = PictureMeasurer(pictures.basis, members: [member])
        let part = measurer.parts[0]
        let geometry = pictures.basis.geometry
        for start in stride(from: 0, to: rows.count, by: measurer.chunkSize) {
            let chunk = rows[start..<min(start + measurer.chunkSize, rows.count)]
            pictures.pictures.rows(at: Array(chunk)).withUnsafeElements { elements in
                guard let base = elements.baseAddress else { return }
                measurer.measure(base, count: chunk.count)
            }
            for index in 0..<chunk.count {
                pixels.append(part.pixelResiduals[index])
                if let maps = part.pixelMaps {
                    pixelMaps.append(maps.map(index, size: geometry.pooledShape.pixelCount))
                }
                guard member.parts != nil else { continue }
                global.append(part.globalResiduals[index])
                structureMaps.append(
                    part.structureMaps.map(index, size: geometry.structure.patchCount)
                )
                rawMaps.append(part.rawMaps.map(index, size: geometry.raw.patchCount))
            }
        }
    }

    /// The measures of the pictures, once maps are calibrated.
    func measures(
        structure: MapCalibration?,
        raw: MapCalibration?,
        pixels pixelMap: PixelMapCalibration?
    ) -> [PictureMeasures] {
        rows.indices.map { index in
            PictureMeasures(
                global: global.isEmpty ? 0 : global[index],
                structure: structure.map { HeldOutPictures.score(structureMaps[index], $0) } ?? 0,
                raw: raw.map { HeldOutPictures.score(rawMaps[index], $0) } ?? 0,
                pixels: pixelMap.map { $0.score(pixelMaps[index]) } ?? pixels[index]
            )
        }
    }

    private static func score(_ map: [Float], _ calibration: MapCalibration) -> Double {
        var map = map
        return withUnsafeTemporaryAllocation(of: Float.self, capacity: map.count) { workspace in
            workspace.initialize(repeating: 0)
            return map.withUnsafeMutableBufferPointer { map in
                guard let base = map.baseAddress else { return 0 }
                calibration.standardize(base)
                return calibration.score(base, workspace: workspace)
            }
        }
    }
}

extension AlignedBuffer {
    /// A copy of one of many maps.
    fileprivate func map(_ index: Int, size: Int) -> [Float] {
        Array(elements[index * size..<(index + 1) * size])
    }
}
