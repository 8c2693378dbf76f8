using System.Net;
using ServerlessCqrs.Accounts;

namespace ServerlessCqrs.WebConsole.Specs;

/// <summary>A stream's past, as the Stream page shows it.</summary>
public sealed class StreamSpecs : IAsyncLifetime
{
    private static readonly Guid Savings = new("0197f0a2-5b0c-7c9e-9a55-6a3a1c1d2e3f");
    private static readonly string Path = $"/api/streams/account-{Savings}";

    private readonly Given _given = new();

    public async ValueTask InitializeAsync()
    {
        await _given.StartAsync();
        await _given.Bank.SendAsync(Savings, new OpenAccount(), "ann");
        await _given.Bank.SendAsync(Savings, new Withdraw(50), "ann");
        await _given.Bank.SendAsync(Savings, new Deposit(100), "ann");
        await _given.Bank.SendAsync(Savings, new Withdraw(30), "ann");
    }

    public ValueTask DisposeAsync() => _given.DisposeAsync();

    [Fact]
    public async Task Timeline_has_every_version_and_every_refused_command_in_order()
    {
        var timeline = await _given.GetAsync(Path);

        Assert.Equal(
            ["OpenAccount applied 1", "Withdraw refused 1", "Deposit applied 2", "Withdraw applied 3"],
            timeline.GetProperty("commands").EnumerateArray().Select(command => $"{command.GetProperty("type")} {command.GetProperty("status")} {command.GetProperty("version")}"));
        Assert.Equal("""{"amount":50}""", timeline.GetProperty("commands")[1].GetProperty("asked").GetRawText());
        Assert.Equal(3, timeline.GetProperty("version").GetInt64());
        Assert.True(timeline.GetProperty("hasDocument").GetBoolean());
    }

    [Fact]
    public async Task Document_of_a_version_stands_beside_the_one_before_with_its_changes()
    {
        var pair = await _given.GetAsync($"{Path}/document?version=2");

        Assert.Equal(0, pair.GetProperty("before").GetProperty("balance").GetDecimal());
        Assert.Equal(100, pair.GetProperty("document").GetProperty("balance").GetDecimal());
        var change = Assert.Single(pair.GetProperty("changes").EnumerateArray());
        Assert.Equal(("balance", "0", "100"), (change.GetProperty("path").GetString(), change.GetProperty("before").GetRawText(), change.GetProperty("after").GetRawText()));
    }

    [Fact]
    public async Task Document_of_the_first_version_stands_beside_nothing()
    {
        var pair = await _given.GetAsync($"{Path}/document?version=1");

        Assert.False(pair.TryGetProperty("before", out _));
        Assert.Equal("ann", pair.GetProperty("document").GetProperty("owner").GetString());
    }

    [Fact]
    public async Task Document_can_be_compared_with_any_earlier_version()
    {
        var pair = await _given.GetAsync($"{Path}/document?version=3&from=1");

        Assert.Equal((1, 3), (pair.GetProperty("beforeVersion").GetInt64(), pair.GetProperty("version").GetInt64()));
        Assert.Equal("70", Assert.Single(pair.GetProperty("changes").EnumerateArray()).GetProperty("after").GetRawText());
    }

    [Fact]
    public async Task Stream_without_a_command_is_not_found()
    {
        using var answer = await _given.SendAsync(HttpMethod.Get, $"/api/streams/account-{Guid.Empty}");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/api/streams/nonsense")]
    [InlineData("/api/streams/Account-1")]
    public async Task Text_that_is_no_stream_id_is_refused_with_the_rule(string path)
    {
        using var answer = await _given.SendAsync(HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("a dash and a key", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
