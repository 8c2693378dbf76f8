using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Specs.Writing;

/// <summary>No content of a record stops its shard, and every record has one outcome.</summary>
public sealed class RecordSpecs
{
    private const string Seed = "0000KXqK9Wc5";

    // DynamoDB's limit of an item, minus the attributes besides the tip's body.
    private const int ItemBytes = 399 * 1024;

    private static readonly StreamId Product = Shard.Product();

    /// <summary>JSON values to put in place of a valid value.</summary>
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1", "1.5", "1e400", "99999999999999999999", "2147483647", "2147483648", "-2147483648", "9223372036854775807", "-9223372036854775808",
        "253402300800000", "-62135596800001", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"a\\u0000b\"", "\"\\ufffe\\uffff\"", "\"😀\"", "[]", "{}", "[[[]]]", "{\"a\":1,\"a\":2}",
        "\"00000000-0000-0000-0000-000000000000\"", "\"6579C22F-BE2B-444C-A52B-0116DD82DF6C\"", "\"{6579c22f-be2b-444c-a52b-0116dd82df6c}\"", "\"6579c22fbe2b444ca52b0116dd82df6c\"",
        "\"product-x\"", "\"product-\"", "\"order-1\"", "\"nothing-1\"", "\"process\"", "\"operator\"", "\"UpdateProductPrice\"", "\"DeleteProduct\"", "\"ReserveStock\"", "\"MakeCoffee\"",
        $"\"{new string('x', 300)}\"", $"\"{new string('é', 20_000)}\"", $"{new string('[', 70)}{new string(']', 70)}",
    ];

    private static readonly string[] Fields = ["id", "key", "stream", "type", "typeVersion", "data", "actor", "role", "at", "ifMatch", "correlation", "cause"];

    private readonly Shard _shard = new();

    [Theory]
    [InlineData("key", "null")]
    [InlineData("key", "\"x\"")]
    [InlineData("key", "7")]
    [InlineData("type", "null")]
    [InlineData("type", "7")]
    [InlineData("type", "\"\"")]
    [InlineData("type", "\"\\ud800\"")]
    [InlineData("typeVersion", "null")]
    [InlineData("typeVersion", "1.5")]
    [InlineData("typeVersion", "0")]
    [InlineData("typeVersion", "2147483647")]
    [InlineData("typeVersion", "2147483648")]
    [InlineData("data", "null")]
    [InlineData("data", "[]")]
    [InlineData("data", "{\"price\":{\"amount\":80,\"currency\":\"US\\ud800\"}}")]
    [InlineData("data", "{\"price\":{\"amount\":80,\"currency\":\"USD\"},\"price\":{\"amount\":90,\"currency\":\"USD\"}}")]
    [InlineData("actor", "null")]
    [InlineData("actor", "7")]
    [InlineData("actor", "\"\"")]
    [InlineData("actor", "\"\\u0000\"")]
    [InlineData("role", "null")]
    [InlineData("role", "[\"seller\"]")]
    [InlineData("at", "null")]
    [InlineData("at", "\"2026-11-01\"")]
    [InlineData("at", "1.5")]
    [InlineData("at", "9223372036854775807")]
    [InlineData("at", "99999999999999999999")]
    [InlineData("ifMatch", "null")]
    [InlineData("ifMatch", "\"1\"")]
    [InlineData("ifMatch", "99999999999999999999")]
    [InlineData("correlation", "7")]
    [InlineData("cause", "null")]
    [InlineData("cause", "\"x\"")]
    public async Task Record_with_one_wrong_field_is_refused_under_its_own_command_id(string field, string value)
    {
        var command = _shard.Price(Product, 80);
        var wrong = _shard.Raw(Product.ToString(), With(command, field, value));
        var after = _shard.Price(Product, 90);

        Assert.Null(await _shard.NewProcess().ProcessAsync(Shard.Source, [.. _shard.Put(_shard.Create(Product)), wrong, .. _shard.Put(after)], default));

        var outcome = await _shard.OutcomeAsync(command);
        Assert.Equal((CommandStatus.Refused, "malformed", 1L), (outcome.Status, outcome.Code, outcome.Version));
        Assert.Equal(CommandStatus.Applied, (await _shard.OutcomeAsync(after)).Status);
        Assert.Equal(3, (await _shard.Stored.ReadOutcomesAsync(default).ToListAsync()).Count);
    }

    [Theory]
    [InlineData("actor")]
    [InlineData("role")]
    [InlineData("type")]
    [InlineData("typeVersion")]
    [InlineData("data")]
    [InlineData("at")]
    public async Task Record_without_a_required_field_is_refused_under_its_own_command_id(string field)
    {
        var command = _shard.Price(Product, 80);
        var json = JsonNode.Parse(CommandJson.Write(ShopContracts.Commands, command))!.AsObject();
        json.Remove(field);

        Assert.Null(await _shard.NewProcess().ProcessAsync(Shard.Source, [_shard.Raw(Product.ToString(), Encoding.UTF8.GetBytes(json.ToJsonString()))], default));

        Assert.Equal("malformed", (await _shard.OutcomeAsync(command)).Code);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("stream")]
    public async Task Record_that_names_no_stream_or_command_is_refused_under_its_place(string field)
    {
        var command = _shard.Price(Product, 80);
        foreach (var value in Values.Where(value => !Guid.TryParseExact(value.Trim('"'), "D", out var id) || id == Guid.Empty))
        {
            var record = _shard.Raw(Product.ToString(), With(command, field, value));
            Assert.Null(await _shard.NewProcess().ProcessAsync(Shard.Source, [record], default));
            var outcome = Assert.Single(await _shard.Stored.FindOutcomesAsync([new OutcomeQuery(Product, CommandIds.OfUnreadable(Shard.Source, record.SequenceNumber), null)], default));
            Assert.Equal((CommandStatus.Refused, "malformed"), (outcome.Status, outcome.Code));
        }
    }

    [Fact]
    public async Task Record_with_a_field_twice_is_refused()
    {
        var command = _shard.Price(Product, 80);
        var text = Encoding.UTF8.GetString(CommandJson.Write(ShopContracts.Commands, command));
        var twice = _shard.Raw(Product.ToString(), Encoding.UTF8.GetBytes(text.Replace("\"actor\":", "\"actor\":\"eve\",\"actor\":", StringComparison.Ordinal)));
        var twoIds = _shard.Raw(Product.ToString(), Encoding.UTF8.GetBytes(text.Replace("{\"id\":", $"{{\"id\":\"{Guid.NewGuid()}\",\"id\":", StringComparison.Ordinal)));

        Assert.Null(await _shard.NewProcess().ProcessAsync(Shard.Source, [.. _shard.Put(_shard.Create(Product)), twice, twoIds], default));

        Assert.Equal("malformed", (await _shard.OutcomeAsync(command)).Code);
        Assert.Equal(2, (await _shard.Stored.ReadOutcomesAsync(default).ToListAsync()).Count(outcome => outcome.Code == "malformed"));
    }

    [Fact]
    public async Task Malformed_record_of_a_newer_version_does_not_stop_its_shard()
    {
        var command = _shard.Price(Product, 80);
        var json = JsonNode.Parse(CommandJson.Write(ShopContracts.Commands, command))!.AsObject();
        json["typeVersion"] = 2;
        json["actor"] = null;

        Assert.Null(await _shard.NewProcess().ProcessAsync(Shard.Source, [_shard.Raw(Product.ToString(), Encoding.UTF8.GetBytes(json.ToJsonString()))], default));

        Assert.Equal("malformed", (await _shard.OutcomeAsync(command)).Code);
    }

    [Theory]
    [InlineData(600_000, "CreateProduct")]
    [InlineData(CommandJson.MaxBytes, "MakeCoffee")]
    public async Task Record_over_the_size_limit_is_refused_under_its_own_command_id(int length, string type)
    {
        var command = _shard.Price(Product, 80, key: Guid.NewGuid());
        var json = JsonNode.Parse(CommandJson.Write(ShopContracts.Commands, command))!.AsObject();
        (json["type"], json["data"]) = (type, new JsonObject { ["description"] = new string('x', length) });
        var huge = _shard.Raw(Product.ToString(), Encoding.UTF8.GetBytes(json.ToJsonString()));

        Assert.Null(await _shard.NewProcess().ProcessAsync(Shard.Source, [.. _shard.Put(_shard.Create(Product)), huge, .. _shard.Put(_shard.Price(Product, 90))], default));

        var outcome = await _shard.OutcomeAsync(command);
        Assert.Equal(("malformed", command.KeyId, type, null), (outcome.Code, outcome.KeyId, outcome.CommandType, outcome.CommandData));
        Assert.Contains("at most 102400 bytes", outcome.Reason, StringComparison.Ordinal);
        Assert.Equal(2, (await _shard.HistoryAsync(Product)).Count);
    }

    [Fact]
    public void Command_that_no_record_can_hold_is_not_written()
    {
        var command = _shard.Command(Product, new Shop.Products.DeleteProduct(new string('x', CommandJson.MaxBytes)));

        Assert.Contains("DeleteProduct", Assert.Throws<CommandTooLargeException>(() => CommandJson.Write(ShopContracts.Commands, command)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_that_a_former_release_recorded_under_its_place_is_left_as_it_is()
    {
        var (record, former) = await FormerReleaseAsync(recorded: true);

        Assert.Null(await _shard.NewProcess().ProcessAsync(Shard.Source, [record], default));

        Assert.Equal(former, Assert.Single(await _shard.Stored.ReadOutcomesAsync(default).ToListAsync(), outcome => outcome.Code == "malformed").Reason);
    }

    [Fact]
    public async Task Record_that_a_former_release_passed_over_is_recorded_and_stops_nothing()
    {
        var (record, _) = await FormerReleaseAsync(recorded: false);

        Assert.Null(await _shard.NewProcess().ProcessAsync(Shard.Source, [record], default));

        var outcome = Assert.Single(await _shard.Stored.ReadOutcomesAsync(default).ToListAsync(), outcome => outcome.Code == "malformed");
        Assert.Equal(CommandIds.OfUnreadable(Shard.Source, record.SequenceNumber), outcome.CommandId);
    }

    [Fact]
    public async Task Any_record_has_one_outcome_and_the_shard_goes_on()
    {
        foreach (var mutations in Mutations().Array[400].Single(_ => true, Seed).Chunk(20))
        {
            var shard = new Shard();
            var create = shard.Create(Product);
            var after = shard.Price(Product, 90);
            var broken = mutations.Select(mutate => shard.Raw(Product.ToString(), mutate(CommandJson.Write(ShopContracts.Commands, shard.Price(Product, 95))))).ToList();
            List<ArrivedRecord> batch = [.. shard.Put(create), .. broken, .. shard.Put(after)];

            // A command that newer code may know is parked, and all later ones wait behind it.
            batch.RemoveAll(record => CommandDecoder.Read(Shard.Source, record, ShopDomain.Instance).Command is { IsNewer: true });
            for (var delivery = 0; delivery < 2; delivery++) Assert.Null(await shard.NewProcess().ProcessAsync(Shard.Source, batch, default));

            var outcomes = (await shard.Stored.ReadOutcomesAsync(default).ToListAsync()).ToLookup(outcome => (outcome.Stream, outcome.CommandId));
            foreach (var record in batch)
            {
                var recorded = RecordedAs.Of(Shard.Source, record, ShopDomain.Instance);
                var outcome = Assert.Single(outcomes[(recorded.Stream, recorded.CommandId)]);
                if (recorded.IsUnreadable) Assert.Equal("malformed", outcome.Code);
            }

            Assert.Equal(CommandStatus.Applied, Assert.Single(outcomes[(Product, after.CommandId)]).Status);
            await foreach (var tip in shard.Tips.ScanAsync(default)) Assert.InRange(TipBody.Write(tip).Length, 1, ItemBytes);
        }
    }

    /// <summary>Mutations of a record's bytes.</summary>
    private static Gen<Func<byte[], byte[]>> Mutations() => Gen.OneOf(
        Gen.Select(Gen.Int[0, Fields.Length - 1], Gen.Int[0, Values.Length - 1], (field, value) => (Func<byte[], byte[]>)(data => With(data, Fields[field], Values[value]))),
        Gen.Int[0, Fields.Length - 1].Select(field => (Func<byte[], byte[]>)(data => With(data, Fields[field], null))),
        Gen.Select(Gen.Int[0, 10_000], Gen.Byte, (at, value) => (Func<byte[], byte[]>)(data => [.. data.Select((one, i) => i == at % data.Length ? value : one)])),
        Gen.Int[0, 10_000].Select(length => (Func<byte[], byte[]>)(data => data[..(length % data.Length)])),
        Gen.Int[0, Fields.Length - 1].Select(field => (Func<byte[], byte[]>)(data => [.. "{\""u8, .. Encoding.UTF8.GetBytes(Fields[field]), .. "\":1,"u8, .. data[1..]])),
        Gen.Byte.Array[0, 200].Select(bytes => (Func<byte[], byte[]>)(_ => bytes)),
        Gen.String[0, 100].Select(text => (Func<byte[], byte[]>)(data => [.. "{\"\\ud800\":"u8, .. Encoding.UTF8.GetBytes(JsonValue.Create(text).ToJsonString()), .. ","u8, .. data[1..]])));

    private static byte[] With(CommandRecord command, string field, string value) => With(CommandJson.Write(ShopContracts.Commands, command), field, value);

    /// <summary>Returns the record with other JSON in one field, or without the field if null.</summary>
    private static byte[] With(byte[] data, string field, string? value)
    {
        var json = JsonNode.Parse(data)!.AsObject();
        json.Remove(field);
        var rest = Encoding.UTF8.GetBytes(json.ToJsonString());
        return value is null ? rest : [.. rest[..^1], .. ",\""u8, .. Encoding.UTF8.GetBytes(field), .. "\":"u8, .. Encoding.UTF8.GetBytes(value), .. "}"u8];
    }

    /// <summary>
    /// Simulates a release that recorded a record with a faulty envelope under its position on the Kinesis stream, and
    /// decided the records behind it.
    /// </summary>
    private async Task<(ArrivedRecord Record, string Reason)> FormerReleaseAsync(bool recorded)
    {
        const string Reason = "The given key was not present in the dictionary.";
        var record = _shard.Raw(Product.ToString(), With(CommandJson.Write(ShopContracts.Commands, _shard.Price(Product, 80)), "role", null));
        await _shard.NewProcess().ProcessAsync(Shard.Source, _shard.Put(_shard.Create(Product)), default);
        if (!recorded) return (record, Reason);
        await _shard.Stored.AppendAsync(
            [],
            [
                new CommandOutcome(Product, CommandIds.OfUnreadable(Shard.Source, record.SequenceNumber), null, "unknown", CommandStatus.Refused, 0, [], "malformed", Reason, null, new Actor("unknown", "unknown"), Shard.Noon, Shard.Noon, null, null),
            ],
            default);
        return (record, Reason);
    }
}
