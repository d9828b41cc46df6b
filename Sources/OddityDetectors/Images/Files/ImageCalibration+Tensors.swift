internal import OddityEvaluation
internal import OddityModelFiles

extension ImageCalibration {
    /// The calibration as named tensors.
    func tensors() throws -> [Tensor] {
        var tensors = [
            try Tensor(name: "alignment", values: [measures.alignment]),
            try Tensor(name: "light.mean", values: light.range.mean),
            try Tensor(
                name: "light.root",
                shape: [light.range.mean.count, light.range.mean.count],
                values: light.range.root
            ),
        ]
        for (name, distribution) in [
            ("global", measures.global), ("patches", measures.structure), ("raw", measures.raw),
            ("pixels", measures.pixels), ("light", light.distances), ("surprise", surprise),
            ("codes", measures.code),
        ] {
            guard let distribution else { continue }
            tensors.append(
                try Tensor(name: "calibration." + name, values: distribution.values)
            )
        }
        if let structureMap { tensors += try structureMap.tensors(prefix: "patches.") }
        if let rawMap { tensors += try rawMap.tensors(prefix: "raw.") }
        if let pixelMap {
            tensors.append(
                try Tensor(name: "pixels.map.inverse_mean", values: pixelMap.inverseMean)
            )
        }
        return tensors
    }

    /// Reads a calibration; every shape is checked.
    init(
        reading archive: ModelArchive,
        configuration: ImageDetector,
        geometry: ImageGeometry
    ) throws {
        let hasParts = configuration.measures == .all
        let alignment = try archive.values(of: "alignment", shape: [1], as: Double.self)[0]
        guard alignment >= 0, alignment <= 1 else {
            throw DetectorError.inconsistentModel("its alignment is not from 0 to 1")
        }
        func distribution(_ name: String) throws -> SurvivalFunction {
            try archive.survivalFunction(
                named: "calibration." + name,
                tailScale: TailScale.measure
            )
        }
        let lightSize = LightRange.size(geometry.shape)
        self.init(
            structureMap: !hasParts
                ? nil
                : try MapCalibration(
                    reading: archive,
                    prefix: "patches.",
                    count: geometry.structure.patchCount
                ),
            rawMap: !hasParts
                ? nil
                : try MapCalibration(
                    reading: archive,
                    prefix: "raw.",
                    count: geometry.raw.patchCount
                ),
            pixelMap: configuration.keepsPixelMaps
                ? try PixelMapCalibration(
                    reading: archive,
                    shape: geometry.pooledShape,
                    score: configuration.pixelScore
                ) : nil,
            measures: MeasureCalibration(
                alignment: alignment,
                global: hasParts ? try distribution("global") : nil,
                structure: hasParts ? try distribution("patches") : nil,
                raw: hasParts ? try distribution("raw") : nil,
                pixels: try distribution("pixels"),
                code: configuration.scoring.usesCode ? try distribution("codes") : nil,
                scoring: configuration.scoring
            ),
            light: LightCalibration(
                range: LightRange(
                    mean: try archive.values(of: "light.mean", shape: [lightSize], as: Double.self),
                    root: try archive.values(
                        of: "light.root",
                        shape: [lightSize, lightSize],
                        as: Double.self
                    )
                ),
                distances: try distribution("light")
            ),
            surprise: try archive.survivalFunction(
                named: "calibration.surprise",
                tailScale: TailScale.surprise
            )
        )
    }
}

extension PixelMapCalibration {
    fileprivate init(reading archive: ModelArchive, shape: ImageShape, score: PixelScore) throws {
        let inverse = try archive.values(
            of: "pixels.map.inverse_mean",
            shape: [shape.pixelCount],
            as: Float.self
        )
        guard inverse.allSatisfy({ $0 > 0 && $0.isFinite }) else {
            throw DetectorError.inconsistentModel("a scale of its pixels is not above 0")
        }
        self.init(inverseMean: inverse, shape: shape, pixelScore: score)
    }
}

extension MapCalibration {
    fileprivate func tensors(prefix: String) throws -> [Tensor] {
        [
            try Tensor(name: prefix + "map.offset", values: [offset]),
            try Tensor(name: prefix + "map.mean", values: mean),
            try Tensor(name: prefix + "map.inverse_deviation", values: inverseDeviation),
        ]
    }

    fileprivate init(reading archive: ModelArchive, prefix: String, count: Int) throws {
        let offset = try archive.values(of: prefix + "map.offset", shape: [1], as: Float.self)[0]
        let inverse = try archive.values(
            of: prefix + "map.inverse_deviation",
            shape: [count],
            as: Float.self
        )
        guard offset > 0, inverse.allSatisfy({ $0 > 0 }) else {
            throw DetectorError.inconsistentModel("a scale of its maps is not above 0")
        }
        self.init(
            offset: offset,
            mean: try archive.values(of: prefix + "map.mean", shape: [count], as: Float.self),
            inverseDeviation: inverse
        )
    }
}
