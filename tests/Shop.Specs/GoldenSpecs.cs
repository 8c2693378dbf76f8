using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessCqrs.Shop.Specs.Versions;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Specs;

/// <summary>
/// Every message as it was once stored or sent: <c>Golden/{commands|events}/{name}.v{version}[.variant].json</c>. Never
/// edit such a file. A message that must change gets a new version with its own file, and the old version stays
/// readable. Optional fields that a version gained later (<see cref="StoredShapesSpecs"/> says which are allowed) are
/// written, and not required.
/// </summary>
public class GoldenSpecs
{
    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Root, "*.json", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal)];

    private static string Root => Path.Combine(AppContext.BaseDirectory, "Golden");

    [Theory]
    [MemberData(nameof(Files))]
    public void What_was_stored_once_is_read_and_written_to_the_same_bytes(string file)
    {
        var (contracts, name, version) = Parse(file);
        var golden = Text(file);
        var message = contracts.ReadAsStored(name, version, golden);
        Assert.Equal((name, version), (contracts.NameOf(message).Name, contracts.NameOf(message).Version));
        Assert.Equal(golden, WithoutWhatCameSince(contracts, message, golden));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_was_stored_with_escapes_is_written_without_them_now(string file)
    {
        var (contracts, name, version) = Parse(file);
        var written = contracts.Write(contracts.ReadAsStored(name, version, Text(file)));
        Assert.DoesNotContain("\\u", written, StringComparison.Ordinal);
        Assert.Equal(contracts.Write(contracts.ReadAsStored(name, version, written)), written);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_field_that_is_missing_is_not_made_up(string file)
    {
        var (contracts, name, version) = Parse(file);
        var fields = Shape.Of(contracts, contracts.ReadAsStored(name, version, Text(file)).GetType()).Fields;
        foreach (var field in JsonNode.Parse(Text(file))!.AsObject().Select(field => field.Key).Where(field => !fields[field].IsOptional).ToList())
        {
            var less = JsonNode.Parse(Text(file))!.AsObject();
            less.Remove(field);
            Assert.Throws<JsonException>(() => contracts.Read(name, version, less.ToJsonString()));
        }
    }

    [Fact]
    public void Every_command_and_every_event_has_a_golden_file()
    {
        var missing = ShopContracts.Commands.Types.Select(type => ("commands", ShopContracts.Commands.NameOf(type)))
            .Concat(ShopContracts.Events.Types.Select(type => ("events", ShopContracts.Events.NameOf(type))))
            .Select(message => Path.Combine(message.Item1, $"{message.Item2.Name}.v{message.Item2.Version}.json"))
            .Where(file => !File.Exists(Path.Combine(Root, file)));
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_command_and_every_event_there_is_may_travel() => Assert.Equal(
        typeof(ShopContracts).Assembly.GetTypes().Where(type => type.IsClass && (type.IsAssignableTo(typeof(ICommand)) || type.IsAssignableTo(typeof(IEvent)))).Select(type => type.Name).Order(),
        ShopContracts.Commands.Types.Concat(ShopContracts.Events.Types).Select(type => type.Name).Order());

    private static string WithoutWhatCameSince(WireContracts contracts, object message, string golden)
    {
        var (fields, stored) = (Shape.Of(contracts, message.GetType()).Fields, JsonNode.Parse(golden)!.AsObject());
        // The first files escape more than JSON requires, like the code of their time.
        var text = golden.Contains("\\u", StringComparison.Ordinal) ? JsonSerializer.Serialize(message, contracts.JsonOf(message.GetType())) : contracts.Write(message);
        var written = JsonNode.Parse(text)!.AsObject();
        var since = written.Select(field => field.Key).Where(field => fields[field].IsOptional && !stored.ContainsKey(field)).ToList();
        foreach (var field in since) written.Remove(field);
        return since.Count == 0 ? text : written.ToJsonString();
    }

    private static (WireContracts Contracts, string Name, int Version) Parse(string file)
    {
        var parts = Path.GetFileName(file).Split('.');
        return (file.StartsWith("commands", StringComparison.Ordinal) ? ShopContracts.Commands : ShopContracts.Events, parts[0], int.Parse(parts[1].AsSpan(1)));
    }

    private static string Text(string file) => File.ReadAllText(Path.Combine(Root, file)).TrimEnd('\n');
}
