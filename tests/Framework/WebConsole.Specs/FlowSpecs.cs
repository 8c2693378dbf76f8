using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using ServerlessCqrs.Accounts;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.WebConsole.Flow;

namespace ServerlessCqrs.WebConsole.Specs;

/// <summary>The data that the Flow page gets, once a second.</summary>
public sealed class FlowSpecs : IAsyncLifetime
{
    private static readonly Guid Savings = new("0197f0a2-5b0c-7c9e-9a55-6a3a1c1d2e3f");

    private readonly Given _given = new();

    public async ValueTask InitializeAsync() => await _given.StartAsync();

    public ValueTask DisposeAsync() => _given.DisposeAsync();

    [Fact]
    public async Task Reading_has_queues_lags_and_processes()
    {
        await _given.Bank.SendAsync(Savings, new OpenAccount(), "ann");

        var reading = await _given.GetAsync("/api/flow/now");

        var queue = reading.GetProperty("queues")[0];
        Assert.Equal(("statements", 3, 1, 2), (queue.GetProperty("name").GetString(), queue.GetProperty("waiting").GetInt32(), queue.GetProperty("inFlight").GetInt32(), queue.GetProperty("dead").GetInt32()));
        var model = reading.GetProperty("models")[0];
        Assert.Equal(("statements-v1", 1, $"account-{Savings}"), (model.GetProperty("name").GetString(), model.GetProperty("behindStreams").GetInt32(), model.GetProperty("oldest").GetString()));
        Assert.Equal("Ledger", reading.GetProperty("processes")[0].GetProperty("name").GetString());
        Assert.Empty(reading.GetProperty("faults").EnumerateArray());
    }

    [Fact]
    public async Task Refused_command_is_among_the_recent_with_its_reason()
    {
        await _given.Bank.SendAsync(Savings, new OpenAccount(), "ann");
        await _given.Bank.SendAsync(Savings, new Withdraw(5), "ann");

        var recent = (await _given.GetAsync("/api/flow/now")).GetProperty("recent").EnumerateArray().ToList();

        var refused = recent.Single(command => command.GetProperty("status").GetString() == "refused");
        Assert.Equal(("Withdraw", "not_covered", "ann"), (refused.GetProperty("type").GetString(), refused.GetProperty("code").GetString(), refused.GetProperty("actor").GetString()));
        Assert.Equal(2, recent.Count);
    }

    [Fact]
    public async Task Command_decided_between_two_readings_pulses_along_its_way_once()
    {
        using var events = await StreamAsync();
        await NextAsync(events, _ => true);

        await _given.Bank.SendAsync(Savings, new OpenAccount(), "ann");
        await _given.Bank.SendAsync(Savings, new Deposit(5), "ann");

        var pulses = new Dictionary<string, int>();
        await NextAsync(events, reading =>
        {
            foreach (var pulse in reading.GetProperty("pulses").EnumerateObject()) pulses[pulse.Name] = pulses.GetValueOrDefault(pulse.Name) + pulse.Value.GetInt32();
            return pulses.GetValueOrDefault("stream orders > Ledger") >= 2;
        });
        await NextAsync(events, reading =>
        {
            Assert.Empty(reading.GetProperty("pulses").EnumerateObject());
            return true;
        });
        Assert.Equal(2, pulses["stream orders > Ledger"]);
        Assert.Equal(1, pulses["topic facts > queue statements"]);
        Assert.False(pulses.ContainsKey("topic facts > queue interest"));
    }

    [Fact]
    public async Task Command_decided_while_no_page_was_open_does_not_pulse()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var feed = new CommandFeed(FlowMap.Of(Bookkeeping.Parts), Bookkeeping.Parts, time);
        await ReadAsync();
        await _given.Bank.SendAsync(Savings, new OpenAccount(), "ann");

        time.Advance(TimeSpan.FromHours(1));
        await ReadAsync();

        Assert.Equal("OpenAccount", Assert.Single(feed.Recent).Type);
        Assert.Empty(feed.Pulses);
        Assert.Equal(0, feed.Rate.PerSecond);

        Task ReadAsync() => feed.ReadAsync(_given.Bank.Log, AccountDomain.Instance.Events, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Part_that_does_not_answer_leaves_the_others_live()
    {
        _given.QueuesFail = new EventLogException("ClickHouse is down", new IOException());

        var reading = await _given.GetAsync("/api/flow/now");

        Assert.False(reading.TryGetProperty("queues", out _));
        Assert.Equal(1, reading.GetProperty("models").GetArrayLength());
        Assert.Equal("ClickHouse does not answer. ClickHouse is down", reading.GetProperty("faults")[0].GetString());
    }

    [Fact]
    public async Task Stack_that_is_gone_is_told_in_the_reading_and_as_a_conflict()
    {
        _given.StackFails = new RefusedException("No stack runs on .local/. Start one.");

        var reading = await _given.GetAsync("/api/flow/now");
        using var letters = await _given.SendAsync(HttpMethod.Get, "/api/deadletters/");

        Assert.Equal("No stack runs on .local/. Start one.", reading.GetProperty("faults")[0].GetString());
        Assert.Equal(HttpStatusCode.Conflict, letters.StatusCode);
    }

    [Fact]
    public async Task About_tells_the_command_line_of_the_same_stack()
    {
        var about = await _given.GetAsync("/api/about");

        Assert.Equal("operator{0} --data /tmp/x", about.GetProperty("command").GetString());
        Assert.Equal("stream", about.GetProperty("map").GetProperty("nodes")[3].GetProperty("kind").GetString());
    }

    private async Task<StreamReader> StreamAsync()
    {
        var answer = await _given.SendAsync(HttpMethod.Get, "/api/flow");
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Reads events until one is as wanted.</summary>
    private static async Task NextAsync(StreamReader events, Func<JsonElement, bool> isWanted)
    {
        while (await events.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            if (line.StartsWith("data: ", StringComparison.Ordinal) && isWanted(JsonElement.Parse(line["data: ".Length..]))) return;
        Assert.Fail("The events ended.");
    }
}
