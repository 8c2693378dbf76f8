using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Specs.Versions;

/// <summary>
/// Every shape in which a message was ever stored or sent: <c>Golden/shapes/{commands|events}.txt</c>. A stored version
/// may gain optional fields and nothing else. The message of a failure says what to do.
/// </summary>
public class StoredShapesSpecs
{
    [Trait("Guarantee", "stored data: a stored event stays readable in every later release")]
    [Fact]
    public void No_stored_version_of_an_event_becomes_unreadable() => Hold(ShopContracts.Events, "events.txt");

    [Fact]
    public void No_sent_version_of_a_command_changes_so_that_it_cannot_be_read() => Hold(ShopContracts.Commands, "commands.txt");

    private static void Hold(WireContracts contracts, string file)
    {
        var problems = ShapeGate.Problems(contracts, File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "shapes", file)), $"tests/Shop.Specs/Golden/shapes/{file}");
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }
}
