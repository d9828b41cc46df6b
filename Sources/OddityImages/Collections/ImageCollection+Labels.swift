extension ImageCollection {
    /// Whether folders tell the kinds of images.
    public var hasLabels: Bool { entries.contains { $0.label != nil } }

    /// Folders beside one another that look like kinds, of which none is called ``ImageLabel/normalFolders``, so that
    /// all images count as normal; empty where there are none.
    public var unclearKinds: [String] { FolderWalk.unclearKinds(entries) }

    /// The label of an image; nil where no folder tells one.
    public func label(at index: Int) -> ImageLabel? {
        entries.isEmpty ? nil : entries[index].label
    }

    /// The part of the data set that an image belongs to; nil where the data set has no parts.
    public func part(at index: Int) -> ImagePart? {
        entries.isEmpty ? nil : entries[index].part
    }

    /// The mask of an image's defect: 1 where it is, 0 elsewhere, in grey.
    ///
    /// - Returns: nil for an image without a mask.
    /// - Throws: ``ImageError`` if the mask cannot be read.
    public func mask(at index: Int) throws(ImageError) -> Image? {
        guard !entries.isEmpty, let path = entries[index].maskPath else { return nil }
        var mask = try ImageFile(path: path, options: options).decode().inGrey
        for i in mask.elements.indices { mask.elements[i] = mask.elements[i] > 0.5 ? 1 : 0 }
        return mask
    }

    /// The images to fit to: the good ones of `train`, or of all where there is no `train`, or simply
    /// all where no folder tells a kind.
    ///
    /// Labels of defects are never read by a fit, nor is an image in `test` or `validation`.
    ///
    /// - Throws: ``ImageError`` if there are none.
    public var trainingImages: ImageCollection {
        get throws(ImageError) {
            guard hasLabels else { return self }
            let hasParts = entries.contains { $0.part != nil }
            return try selecting("no good images to learn from") { entry in
                entry.label?.isAnomaly == false && (!hasParts || entry.part == .train)
            }
        }
    }

    /// The images to evaluate with: those of `test` with a label, or all with one where there is no
    /// `test`.
    ///
    /// - Throws: ``ImageError`` if there are none.
    public var labeledImages: ImageCollection {
        get throws(ImageError) {
            let hasTest = entries.contains { $0.part == .test }
            return try selecting("no folder tells the kinds of images, such as good/ and crack/") {
                $0.label != nil && (!hasTest || $0.part == .test)
            }
        }
    }

    private var entries: [ImageEntry] {
        switch source {
        case .files(let entries): entries
        case .array: []
        }
    }

    private func selecting(
        _ absence: String,
        _ isSelected: (ImageEntry) -> Bool
    ) throws(ImageError) -> ImageCollection {
        let selected = entries.filter(isSelected)
        guard !selected.isEmpty else { throw .noImages(absence, path) }
        return ImageCollection(path: path, options: options, entries: selected)
    }
}
