using System.Net;
using System.Text.Json;

namespace ServerlessCqrs.WebConsole.Specs;

/// <summary>What the pages of dead letters and read models do to a stack.</summary>
public sealed class DeskSpecs : IAsyncLifetime
{
    private readonly Given _given = new();

    public async ValueTask InitializeAsync() => await _given.StartAsync();

    public ValueTask DisposeAsync() => _given.DisposeAsync();

    [Fact]
    public async Task Dead_letter_is_listed_with_cause_stack_stream_and_body()
    {
        var letter = (await _given.GetAsync("/api/deadletters/"))[0];

        Assert.Equal(
            ("IOException: full", "at Here()", "account-1", "{}"),
            (letter.GetProperty("reason").GetString(), letter.GetProperty("stack").GetString(), letter.GetProperty("stream").GetString(), letter.GetProperty("body").GetString()));
    }

    [Fact]
    public async Task Lists_of_dead_letters_never_hide_letters_from_one_another()
    {
        _given.ListGate = new TaskCompletionSource();
        var first = _given.GetAsync("/api/deadletters/");
        await _given.Listing.Task.WaitAsync(TestContext.Current.CancellationToken);
        var second = _given.GetAsync("/api/deadletters/");
        // By its answer the second list has reached the console as well.
        await _given.GetAsync("/api/about");
        _given.ListGate.SetResult();

        Assert.Equal(1, (await first).GetArrayLength());
        Assert.Equal(1, (await second).GetArrayLength());
    }

    [Fact]
    public async Task List_goes_to_its_end_though_its_page_leaves()
    {
        await _given.GetAsync("/api/deadletters/");

        Assert.False((await _given.Listing.Task).CanBeCanceled);
    }

    [Fact]
    public async Task Redrive_takes_one_letter_a_stream_or_a_queue()
    {
        Assert.Equal(HttpStatusCode.OK, await PostAsync("/api/deadletters/redrive", new { id = "1", queue = "statements" }));
        Assert.Equal(HttpStatusCode.OK, await PostAsync("/api/deadletters/redrive", new { queue = "statements", stream = "account-1" }));

        Assert.Equal(["redrive 1|statements|", "redrive |statements|account-1"], _given.Done);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public async Task Discard_without_a_reason_is_refused(string? why)
    {
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("/api/deadletters/discard", new { id = "1", why }));
        Assert.Empty(_given.Done);
    }

    [Fact]
    public async Task Discard_hands_on_its_reason()
    {
        Assert.Equal(HttpStatusCode.OK, await PostAsync("/api/deadletters/discard", new { id = "1", why = "a test" }));
        Assert.Equal(["discard 1 a test"], _given.Done);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task Share_outside_1_to_100_is_refused(int percent)
    {
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("/api/readmodels/statements/route", new { version = "v2", percent }));
        Assert.Empty(_given.Done);
    }

    [Fact]
    public async Task Route_and_back_reach_the_desk()
    {
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync("/api/readmodels/statements/route", new { version = "v2", percent = 20 }));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync("/api/readmodels/statements/back", new { }));

        Assert.Equal(["route statements v2 20", "back statements"], _given.Done);
    }

    [Fact]
    public async Task Route_that_the_desk_refuses_is_a_conflict_with_its_reason()
    {
        _given.RouteFails = new RefusedException("statements-v2 is not built.");

        using var answer = await _given.SendAsync(HttpMethod.Post, "/api/readmodels/statements/route", new { version = "v2", percent = 20 });

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("statements-v2 is not built.", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_tells_its_progress_then_its_result_and_runs_once()
    {
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync("/api/readmodels/statements/v1/build", new { }));
        var running = await JobAsync(job => job.TryGetProperty("progress", out _));
        Assert.Equal(50, running.GetProperty("progress").GetProperty("events").GetInt64());
        Assert.Equal(HttpStatusCode.Conflict, await PostAsync("/api/readmodels/statements/v1/build", new { }));

        _given.BuildGate.SetResult();
        var ended = await JobAsync(job => !job.GetProperty("isRunning").GetBoolean());

        Assert.Equal(100, ended.GetProperty("built").GetProperty("events").GetInt64());
    }

    [Fact]
    public async Task Stopped_build_ends_without_a_result()
    {
        await PostAsync("/api/readmodels/statements/v1/build", new { });
        await PostAsync("/api/readmodels/statements/v1/stop", new { });

        var ended = await JobAsync(job => !job.GetProperty("isRunning").GetBoolean());

        Assert.True(ended.GetProperty("isStopped").GetBoolean());
        Assert.False(ended.TryGetProperty("built", out _));
    }

    [Fact]
    public async Task Comparison_tells_what_differs()
    {
        await PostAsync("/api/readmodels/statements/v1/compare", new { });

        var ended = await JobAsync(job => !job.GetProperty("isRunning").GetBoolean());

        Assert.Equal(1, ended.GetProperty("comparison").GetProperty("differing").GetInt64());
    }

    private async Task<HttpStatusCode> PostAsync(string path, object body)
    {
        using var answer = await _given.SendAsync(HttpMethod.Post, path, body);
        return answer.StatusCode;
    }

    private async Task<JsonElement> JobAsync(Func<JsonElement, bool> isWanted)
    {
        while (true)
        {
            var jobs = (await _given.GetAsync("/api/readmodels/")).GetProperty("jobs");
            if (jobs.GetArrayLength() > 0 && isWanted(jobs[0])) return jobs[0];
            await Task.Yield();
        }
    }
}
