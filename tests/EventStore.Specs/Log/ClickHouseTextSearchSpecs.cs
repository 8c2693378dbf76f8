using ServerlessCqrs.EventStore.Log;

namespace ServerlessCqrs.EventStore.Specs.Log;

public sealed class ClickHouseTextSearchSpecs(Stores stores)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Text_is_found_in_events_commands_and_operations_also_escaped()
    {
        var text = $"O'Müller {Guid.NewGuid():N}";
        var log = new ClickHouseEventLog(stores.Database);
        var stream = Rows.NewStream();
        await log.AppendAsync(
            [Rows.Event(stream, 1, data: $$"""{"name":"{{text}}"}"""), Rows.Event(stream, 2, data: $$"""{"name":{{System.Text.Json.JsonSerializer.Serialize(text)}}}"""), Rows.Event(stream, 3)],
            [Rows.Refusal(stream, Guid.NewGuid(), null) with { Reason = $"{text} is not allowed." }, Rows.Refusal(stream, Guid.NewGuid(), null)],
            Ct);
        await new ClickHouseOperations(stores.Database).WriteAsync([new Operation(Rows.Noon, "anna", "discard", "letter", text)], Ct);

        var found = (await new ClickHouseTextSearch(stores.Database).FindAsync([text, "nowhere"], Ct)).ToDictionary(finding => finding.Where);

        Assert.Equal((2, 1, 1), (found["events"].Found, found["commands"].Found, found["operations"].Found));
        Assert.True(found["events"].Searched >= 3);
        Assert.All(await new ClickHouseTextSearch(stores.Database).FindAsync([$"{text} never written"], Ct), finding => Assert.Equal(0, finding.Found));
    }
}
