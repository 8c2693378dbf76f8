using ServerlessCqrs.EventStore;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Import;

/// <summary>Values that a catalogue does not contain.</summary>
/// <param name="ImageBase">The base URL of the images: an image's URL is <c>{base}/{category}/{file}</c>.</param>
public sealed record CatalogueDefaults(
    string Currency,
    string Warehouse,
    Uri ImageBase);

/// <summary>
/// Maps an entry to a product. <c>id</c>, <c>name</c>, <c>category</c> and <c>price</c> are required.
/// <c>description</c>,
/// <c>current_stock</c>, <c>image</c>, <c>style</c> and <c>gender_affinity</c> are optional; the last two become
/// specifications. The mapping ignores the fields in <see cref="LeftOut"/>; any other field is a fault. A price above
/// the shop's maximum becomes the maximum, and <see cref="CatalogueProduct.PriceInFile"/> keeps the original.
/// </summary>
public sealed class CatalogueMapping(CatalogueDefaults defaults)
{
    /// <summary>Fields of retail catalogues that a product does not have.</summary>
    public static readonly IReadOnlyList<string> LeftOut = ["aliases", "featured", "image_license", "link", "promoted", "where_visible"];

    private static readonly string[] Specifications = ["style", "gender_affinity"];

    private static readonly string[] Known = ["id", "name", "category", "price", "description", "current_stock", "image", .. Specifications, .. LeftOut];

    // Fields whose name in the file differs from the name in the command.
    private static readonly Dictionary<string, string> FieldOfCommand = new() { ["quantity"] = "current_stock", ["images"] = "image" };

    /// <summary>Returns the product of an entry, or the entry's first fault.</summary>
    public (CatalogueProduct? Product, BrokenEntry? Fault) Map(FileEntry entry)
    {
        var fields = new EntryFields(entry, Known);
        var (id, name, category, price) = (fields.Id("id"), fields.Text("name"), fields.Text("category"), fields.Number("price"));
        var specifications = Specifications.Select(field => (Name: field, Value: fields.OptionalText(field))).Where(field => field.Value is not null).ToDictionary(field => field.Name, field => field.Value!);
        var image = fields.OptionalText("image");
        if (image is not null && string.IsNullOrWhiteSpace(image)) fields.Fail("image", "its image is blank: leave the field out.");
        var command = new CreateProduct(
            name,
            fields.OptionalText("description") ?? "",
            category,
            new Money(Math.Min(price, ProductLimits.MaxPrice), defaults.Currency),
            fields.Whole("current_stock", otherwise: 0),
            defaults.Warehouse,
            specifications,
            image is null ? [] : [Image(id, image, category, name)]);
        if (fields.Fault is { } fault) return (null, fault);
        var violations = command.Check().ToList();
        return violations.Count > 0
            ? (null, new BrokenEntry(fields.LineOf(FieldOf(violations[0])), string.Join(" ", violations.Select(violation => $"{violation.Field}: {violation.Message}"))))
            : (new CatalogueProduct(ProductStreams.IdOf(id), command, price > ProductLimits.MaxPrice ? price : null), null);
    }

    private static string FieldOf(Violation violation)
    {
        var parts = violation.Field.Split('.', '[');
        return parts[0] == "specifications" && parts.Length > 1 ? parts[1] : FieldOfCommand.GetValueOrDefault(parts[0], parts[0]);
    }

    private NewImage Image(Guid product, string file, string category, string name) => new(
        CommandIds.Named(product, $"image\n{file}"),
        $"{defaults.ImageBase.AbsoluteUri.TrimEnd('/')}/{Uri.EscapeDataString(category)}/{Uri.EscapeDataString(file)}",
        name);
}
