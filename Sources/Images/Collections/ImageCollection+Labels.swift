extension ImageCollection {
    /// Whether folders tell the kinds of pictures.
    public var hasLabels: Bool { entries.contains { $0.label != nil } }

    /// The label of a picture; nil where no folder tells one.
    public func label(at index: Int) -> ImageLabel? {
        entries.isEmpty ? nil : entries[index].label
    }

    /// The part of the data set that a picture belongs to; nil where the data set has no parts.
    public func part(at index: Int) -> ImagePart? {
        entries.isEmpty ? nil : entries[index].part
    }

    /// The mask of a picture's defect: 1 where it is, 0 elsewhere, in grey.
    ///
    /// - Returns: nil for a picture without a mask.
    /// - Throws: ``ImageError`` if the mask cannot be read.
    public func mask(at index: Int) throws(ImageError) -> Image? {
        guard !entries.isEmpty, let path = entries[index].maskPath else { return nil }
        var mask = try PictureFile(path: path, options: options).decode().inGrey
        for i in mask.elements.indices { mask.elements[i] = mask.elements[i] > 0.5 ? 1 : 0 }
        return mask
    }

    /// The pictures to fit to: the good ones of `train`, or of all where there is no `train`, or simply
    /// all where no folder tells a kind.
    ///
    /// Labels of defects are never read by a fit, nor is a picture in `test` or `validation`.
    ///
    /// - Throws: ``ImageError`` if there are none.
    public var trainingPictures: ImageCollection {
        get throws(ImageError) {
            guard hasLabels else { return self }
            let hasParts = entries.contains { $0.part != nil }
            return try selecting("no good pictures to learn from") { entry in
                entry.label?.isAnomaly == false && (!hasParts || entry.part == .train)
            }
        }
    }

    /// The pictures to evaluate with: those of `test` with a label, or all with one where there is no
    /// `test`.
    ///
    /// - Throws: ``ImageError`` if there are none.
    public var labeledPictures: ImageCollection {
        get throws(ImageError) {
            let hasTest = entries.contains { $0.part == .test }
            return try selecting("no folder tells the kinds of pictures, such as good/ and crack/")
            {
                $0.label != nil && (!hasTest || $0.part == .test)
            }
        }
    }

    private var entries: [PictureEntry] {
        switch source {
        case .files(let entries): entries
        case .array: []
        }
    }

    private func selecting(
        _ absence: String,
        _ isSelected: (PictureEntry) -> Bool
    ) throws(ImageError) -> ImageCollection {
        let selected = entries.filter(isSelected)
        guard !selected.isEmpty else { throw .noPictures(absence, path) }
        return ImageCollection(path: path, options: options, entries: selected)
    }
}
