namespace ServerlessCqrs.Journeys.Chaos;

/// <summary>A short chaos, which takes more than a minute with its stack: it runs where it is asked for. <c>--chaos 10m --seed 42</c> is a long one. In the shared collection so that it runs alone, though its stack is its own.</summary>
[Collection(JourneysCollection.Name)]
public sealed class ChaosJourney(ITestOutputHelper output)
{
    [Fact(Explicit = true)]
    public async Task Amid_kills_pauses_and_a_broken_network_every_invariant_holds()
    {
        var (holds, report) = await new ChaosRun(seed: 1, TimeSpan.FromSeconds(10)).ExecuteAsync(TextWriter.Null);
        output.WriteLine(report);
        Assert.True(holds, report);
    }
}
