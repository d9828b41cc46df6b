import Foundation
import OddityImages
import OddityLinearAlgebra
import Testing

@Suite("Collections of images")
struct CollectionTests {
    private let folder: ImageFolder

    init() throws { folder = try ImageFolder() }

    private func names(_ collection: ImageCollection) -> [String] {
        (0..<collection.count).map { collection.name(at: $0) }
    }

    private func fill(_ names: [String]) throws {
        for (i, name) in names.enumerated() {
            try folder.write(sample(width: 4, height: 3, seed: i), as: name)
        }
    }

    @Test("a folder is read in the order of its names, with the folders in it")
    func listsFolder() throws {
        try fill(["b.png", "a/c.PNG", "a.png", ".hidden.png"])
        try folder.write(Array("notes".utf8), as: "readme.txt")
        // A way back to the start must not be followed for ever.
        symlink(folder.path, folder.path + "/a/loop")
        let collection = try ImageCollection(path: folder.path)
        #expect(names(collection) == ["a.png", "a/c.PNG", "b.png"])
        #expect(!collection.hasLabels && collection.label(at: 0) == nil)
        #expect(try names(collection.trainingImages) == names(collection))
        #expect(try code { _ = try collection.labeledImages } == .noImages)
        #expect(collection.chunks(of: 2) == [0..<2, 2..<3])
    }

    @Test("a list of files is read in its order, known by their paths")
    func listsFiles() throws {
        try fill(["b.png", "a.png"])
        let paths = ["b.png", "a.png", "b.png"].map { folder.path + "/" + $0 }
        let collection = try ImageCollection(files: paths)
        #expect(names(collection) == paths && !collection.hasLabels)
        #expect(try collection.image(at: 0) == collection.image(at: 2))
        #expect(try collection.image(at: 0) == read(paths[0]))
        #expect(try code { _ = try ImageCollection(files: []) } == .noImages)
        let missing = try ImageCollection(files: [folder.path + "/c.png", paths[0]])
        #expect(try code { _ = try missing.survey() } == .notFound)
    }

    @Test("images of one piece are a group, and those of none are each one of their own")
    func numbersGroups() throws {
        try fill(["b2.png", "a1.png", "a2.png", "x.png", "b1.png", "y.png"])
        let collection = try ImageCollection(path: folder.path)
        #expect(
            names(collection) == ["a1.png", "a2.png", "b1.png", "b2.png", "x.png", "y.png"]
        )
        let groups = collection.groups { name in name.count == 6 ? name.first : nil }
        #expect(groups == [0, 0, 1, 1, 2, 3])
    }

    @Test("a folder of kinds has labels, and a fit gets the good ones")
    func readsKinds() throws {
        try fill(["good/1.png", "good/2.png", "crack/1.png", "stain/1.png"])
        let collection = try ImageCollection(path: folder.path)
        #expect(names(collection) == ["crack/1.png", "good/1.png", "good/2.png", "stain/1.png"])
        #expect(
            (0..<4).map { collection.label(at: $0)?.kind } == ["crack", "good", "good", "stain"]
        )
        #expect(
            (0..<4).map { collection.label(at: $0)?.isAnomaly } == [true, false, false, true]
        )
        #expect(try names(collection.trainingImages) == ["good/1.png", "good/2.png"])
        #expect(try collection.labeledImages.count == 4)
        let capital = try ImageFolder()
        for name in ["Good/1.png", "Crack/1.png"] {
            try capital.write(sample(width: 2, height: 2), as: name)
        }
        let other = try ImageCollection(path: capital.path)
        #expect(other.label(at: 0)?.kind == "Crack" && other.label(at: 1)?.kind == "good")
        #expect(try names(other.trainingImages) == ["Good/1.png"])
    }

    @Test(
        "folders called ok and normal hold good images too",
        arguments: ["OK", "normal", "Normal"]
    )
    func readsOtherWordsForGood(_ name: String) throws {
        try fill([name + "/1.png", name + "/2.png", "NG/1.png"])
        let collection = try ImageCollection(path: folder.path)
        #expect(try collection.trainingImages.count == 2)
        let labels = try collection.labeledImages
        #expect((0..<3).count { labels.label(at: $0)?.isAnomaly == true } == 1)
        #expect(collection.unclearKinds.isEmpty)
        let parts = try ImageFolder()
        for image in ["train/\(name)/1.png", "test/\(name)/1.png", "test/abnormal/1.png"] {
            try parts.write(sample(width: 4, height: 3), as: image)
        }
        #expect(
            try names(ImageCollection(path: parts.path).trainingImages) == ["train/\(name)/1.png"]
        )
    }

    @Test("folders that look like kinds, none of them good, are told")
    func tellsUnclearKinds() throws {
        try fill(["cat/1.png", "dog/1.png", "dog/2.png"])
        let collection = try ImageCollection(path: folder.path)
        #expect(!collection.hasLabels)
        #expect(collection.unclearKinds == ["cat", "dog"])
        let dates = try ImageFolder()
        for image in ["1.png", "2024/1.png"] {
            try dates.write(sample(width: 4, height: 3), as: image)
        }
        #expect(try ImageCollection(path: dates.path).unclearKinds.isEmpty)
    }

    @Test("the layout of MVTec AD has parts, labels and masks")
    func readsParts() throws {
        try fill([
            "train/good/1.png", "train/good/2.png", "test/good/1.png", "test/crack/7.png",
            "test/stain/8.png", "validation/good/9.png", "license.png",
        ])
        var mask = Image(size: ImageSize(width: 4, height: 3), channelCount: 1)
        mask[1, 2, 0] = 0.9
        try folder.write(mask, as: "ground_truth/crack/7_mask.png")
        let collection = try ImageCollection(path: folder.path)
        #expect(collection.count == 6)
        #expect(
            try names(collection.trainingImages) == ["train/good/1.png", "train/good/2.png"]
        )
        let test = try collection.labeledImages
        #expect(names(test) == ["test/crack/7.png", "test/good/1.png", "test/stain/8.png"])
        #expect(test.part(at: 0) == .test && test.label(at: 0)?.kind == "crack")
        let read = try #require(try test.mask(at: 0))
        #expect(read.elements == mask.elements.map { $0 > 0.5 ? 1 : 0 })
        #expect(try test.mask(at: 1) == nil)
        #expect(try test.mask(at: 2) == nil)
        // The part alone finds its masks, too.
        let part = try ImageCollection(path: folder.path + "/test")
        #expect(part.count == 3)
        #expect(try part.mask(at: 0) == read)
    }

    @Test("folders without images, or with several data sets, are errors")
    func refusesFolders() throws {
        #expect(try code { _ = try ImageCollection(path: folder.path) } == .noImages)
        try folder.write(Array("notes".utf8), as: "readme.txt")
        #expect(try code { _ = try ImageCollection(path: folder.path) } == .noImages)
        try fill(["cable/train/good/1.png", "cable/test/cut/1.png"])
        do {
            _ = try ImageCollection(path: folder.path)
            Issue.record("two levels were read as one")
        } catch {
            #expect(error.code == .severalDataSets && error.message.hasSuffix("such as cable"))
        }
        #expect(try ImageCollection(path: folder.path + "/cable").count == 2)
        let bad = try ImageFolder()
        try bad.write(sample(width: 2, height: 2), as: "test/good/1.png")
        let only = try ImageCollection(path: bad.path)
        #expect(try code { _ = try only.trainingImages } == .noImages)
    }

    @Test("a broken image is an error, or skipped and listed, as asked")
    func skipsBroken() throws {
        try fill(["a.png", "c.png"])
        try folder.write(Array(fixtureBytes("grey8.png").dropLast(20)), as: "b.png")
        try folder.write(Array("text".utf8), as: "d.png")
        let strict = try ImageCollection(path: folder.path)
        let preparation = ImagePreparation(size: ImageSize(width: 4, height: 3), color: .grey)
        let preparer = try preparation.fitted(to: strict)
        #expect(try code { _ = try strict.survey() } == .notAImage)
        #expect(try code { _ = try preparer.applied(to: strict, in: 0..<4) } == .truncated)
        let lenient = try ImageCollection(
            path: folder.path,
            options: ImageReadingOptions(brokenImages: .skip)
        )
        #expect(try lenient.survey().skipped.map(\.name) == ["d.png"])
        let batch = try preparer.applied(to: lenient, in: 0..<4)
        #expect(batch.matrix.rowCount == 2)
        #expect(batch.images.map(\.index) == [0, 2])
        #expect(batch.skipped.map(\.index) == [1, 3])
        #expect(batch.skipped.map(\.error.code) == [.truncated, .notAImage])
        #expect(batch.skipped[0].error.file?.hasSuffix("/b.png") == true)
        #expect(batch.matrix.row(1).elementsEqual(sample(width: 4, height: 3, seed: 1).elements))
    }

    @Test("a collection of nothing but broken images is an error")
    func refusesAllBroken() throws {
        try folder.write(Array("text".utf8), as: "d.png")
        let options = ImageReadingOptions(brokenImages: .skip)
        let collection = try ImageCollection(path: folder.path, options: options)
        #expect(try code { _ = try ImagePreparation().fitted(to: collection) } == .noImages)
        let preparation = ImagePreparation(
            size: ImageSize(width: 2, height: 2),
            color: .grey,
            normalization: .perDataset
        )
        #expect(try code { _ = try preparation.fitted(to: collection) } == .noImages)
    }

    @Test("what a path is, its first bytes tell")
    func tellsImages() throws {
        for name in [
            "grey8.png", "color.jpg", "grey.bmp", "color.ppm", "image.gif", "u1.npy",
            "fortran.npz", "idx3-ubyte", "idx3-ubyte.gz",
        ] {
            #expect(ImageCollection.isImages(path: try fixture(name)), "\(name)")
        }
        #expect(ImageCollection.isImages(path: folder.path))
        let broken = try folder.write(Array(fixtureBytes("u1.npy")[..<30]), as: "broken.npy")
        #expect(ImageCollection.isImages(path: broken))
        let table = try folder.write(Array("a,b\n1,2\n".utf8), as: "a.csv")
        let text = try folder.write(Array("P5,BM\n1,2\n".utf8), as: "b.csv")
        let words = try folder.write(Array("BMI,age,weight\n1,2,3\n".utf8), as: "c.csv")
        let columns = try folder.write(Array("P2\tP3\n1\t2\n".utf8), as: "d.tsv")
        for path in [
            table, text, words, columns, try fixture("table.npy"), try fixture("table.npz"), "-",
            "/dev/null", folder.path + "/none",
        ] {
            #expect(!ImageCollection.isImages(path: path), "\(path)")
        }
        #expect(try code { _ = try ImageCollection(path: table) } == .notAImage)
    }
}
