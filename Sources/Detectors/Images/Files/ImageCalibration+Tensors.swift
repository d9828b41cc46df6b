internal import Evaluation
internal import ModelFiles

extension ImageCalibration {
    /// The calibration as named tensors.
    func tensors() throws -> [Tensor] {
        try [
            Tensor(name: "alignment", values: [measures.alignment]),
            Tensor(name: "calibration.global", values: measures.global.values),
            Tensor(name: "calibration.patches", values: measures.structure.values),
            Tensor(name: "calibration.raw", values: measures.raw.values),
            Tensor(name: "calibration.pixels", values: measures.pixels.values),
            Tensor(name: "calibration.light", values: light.distances.values),
            Tensor(name: "light.mean", values: light.range.mean),
            Tensor(
                name: "light.root",
                shape: [light.range.mean.count, light.range.mean.count],
                values: light.range.root
            ),
            Tensor(name: "calibration.surprise", values: surprise.values),
        ] + structureMap.tensors(prefix: "patches.") + rawMap.tensors(prefix: "raw.")
    }

    /// Reads a calibration; every shape is checked.
    init(reading archive: ModelArchive, geometry: PictureGeometry) throws {
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
            structureMap: try MapCalibration(
                reading: archive,
                prefix: "patches.",
                count: geometry.structure.patchCount
            ),
            rawMap: try MapCalibration(
                reading: archive,
                prefix: "raw.",
                count: geometry.raw.patchCount
            ),
            measures: MeasureCalibration(
                alignment: alignment,
                global: try distribution("global"),
                structure: try distribution("patches"),
                raw: try distribution("raw"),
                pixels: try distribution("pixels")
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
