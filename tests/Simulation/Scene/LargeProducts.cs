using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Simulation.Scene;

/// <summary>
/// The commands of sellers with large products: texts up to their limits, with characters that need escapes or many
/// bytes.
/// </summary>
internal sealed class LargeProducts(ulong seed, Dice dice)
{
    /// <summary>The bytes of texts that fit into a request's body of 32 KB.</summary>
    public const int InBody = 30_000;

    /// <summary>Bytes that fit into a record of the command stream, beyond the limit of a product.</summary>
    public const int InRecord = 95_000;

    // Characters that JSON must escape, that .NET would escape, and of two, three and four bytes in UTF-8.
    private static readonly string[] Characters = ["<", "&", "+", "\"", "\\", "'", "x", "é", "x\u00a0", "日", "ﷺ", "😀", "𞤀"];

    public IProductCommand Any(CreateProduct small, int budget) => dice.Roll("large.what") switch
    {
        < 0.2 => Create(small, budget),
        < 0.6 => Revise(budget),
        _ => Image(1 + dice.Roll("large.image", ProductLimits.MaxImages + 2)),
    };

    private CreateProduct Create(CreateProduct small, int budget)
    {
        var description = Text("large.description", ProductLimits.MaxDescription);
        budget -= PlainJson.BytesOf(description);
        List<NewImage> images = [];
        for (var left = dice.Roll("large.images") < 0.5 ? budget / 2 : 0; images.Count < ProductLimits.MaxImages;)
        {
            var image = Image(1 + images.Count);
            left -= BytesOf(image);
            if (left < 0) break;
            budget -= BytesOf(image);
            images.Add(new NewImage(image.ImageId, image.Url, image.Alt));
        }

        return small with { Description = description, Specifications = Specifications(budget).ToDictionary(one => one.Key, one => one.Value ?? ""), Images = images };
    }

    private ReviseProductDetails Revise(int budget)
    {
        var description = dice.Roll("large.describes") < 0.5 ? Text("large.description", ProductLimits.MaxDescription) : null;
        return new ReviseProductDetails(null, description, null, Specifications(budget - PlainJson.BytesOf(description ?? "")));
    }

    private AddProductImage Image(int number)
    {
        var url = $"https://example.com/{number}?".PadRight(ProductLimits.MaxImageUrl, '&');
        return new AddProductImage(Mix.Uuid(seed, 200 + (ulong)number), url, Text("large.alt", ProductLimits.MaxImageAlt));
    }

    private Dictionary<string, string?> Specifications(int budget)
    {
        Dictionary<string, string?> specifications = [];
        var from = dice.Roll("large.from", ProductLimits.MaxSpecifications);
        // Sometimes so many that some must be removed.
        var keys = ProductLimits.MaxSpecifications + 4;
        for (var i = 0; i < ProductLimits.MaxSpecifications; i++)
        {
            var (key, value) = ($"{(from + i) % keys} <é😀>", dice.Roll("large.removes") < 0.1 ? null : Text("large.value", ProductLimits.MaxSpecificationValue));
            // The names also take bytes.
            budget -= PlainJson.BytesOf(key) + PlainJson.BytesOf(value ?? "") + 6;
            if (budget < 0) break;
            specifications[key] = value;
        }

        return specifications;
    }

    private string Text(string place, int characters)
    {
        var one = Characters[dice.Roll(place, Characters.Length)];
        return string.Concat(Enumerable.Repeat(one, characters / one.Length));
    }

    private static int BytesOf(AddProductImage image) => PlainJson.BytesOf(image.Url) + PlainJson.BytesOf(image.Alt) + 90;
}
