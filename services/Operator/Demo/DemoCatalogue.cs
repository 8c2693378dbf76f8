using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Demo;

/// <summary>
/// The products of the demo. Their ids follow from their names, so another demo continues with the same products.
/// </summary>
internal static class DemoCatalogue
{
    private static readonly Guid Space = Guid.Parse("5d0a9a54-52a1-4c5b-9d0e-3f6f2f6d9a11");

    /// <summary>The products; customers buy the first one most often.</summary>
    public static IReadOnlyList<DemoProduct> Products { get; } =
    [
        Product("Wireless Headphones", "audio", 129, "Thirty hours of music from one charge."),
        Product("Espresso Machine", "kitchen", 349, "Heats up in forty seconds."),
        Product("Trail Running Shoes", "outdoor", 119, "Grip on mud, light on roads."),
        Product("Mechanical Keyboard", "desk", 149, "Quiet switches and a wrist rest."),
        Product("Studio Microphone", "audio", 199, "Records a voice and not the room."),
        Product("Cast Iron Pan", "kitchen", 59, "Lasts longer than its owner."),
        Product("Two-Person Tent", "outdoor", 279, "Stands in four minutes."),
        Product("Desk Lamp", "desk", 69, "Warm light in the evening, cold light in the morning."),
        Product("Bookshelf Speakers", "audio", 249, "A pair in walnut."),
        Product("Chef's Knife", "kitchen", 89, "Twenty centimetres of folded steel."),
        Product("Down Jacket", "outdoor", 229, "Warm to minus ten degrees."),
        Product("Standing Desk", "desk", 499, "Remembers two heights."),
        Product("Record Player", "audio", 319, "Belt drive and a good needle."),
        Product("Pour-Over Kettle", "kitchen", 79, "Keeps the water at 93 degrees."),
        Product("Headlamp", "outdoor", 45, "Two hundred lumens for eight hours."),
        Product("Office Chair", "desk", 389, "Adjusts in six places."),
        Product("Noise-Free Earbuds", "audio", 99, "Silence on a train."),
        Product("Bread Oven", "kitchen", 159, "Steam for the crust."),
        Product("Hiking Poles", "outdoor", 65, "Fold to the length of an arm."),
        Product("4K Monitor", "desk", 429, "Sharp at arm's length."),
        Product("Portable Speaker", "audio", 59, "Survives the beach."),
        Product("Salad Spinner", "kitchen", 29, "Dry leaves in ten seconds."),
        Product("Water Filter", "outdoor", 39, "Drink from the river."),
        Product("Cable Box", "desk", 19, "Hides eleven cables."),
    ];

    private static DemoProduct Product(string name, string category, decimal price, string description) =>
        new(NameBasedUuid.Of(Space, name), name, category, price, description);
}

/// <param name="Price">The first price in US dollars.</param>
internal sealed record DemoProduct(
    Guid Id,
    string Name,
    string Category,
    decimal Price,
    string Description);
