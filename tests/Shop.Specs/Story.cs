using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Specs;

/// <summary>
/// The sentences of the specs: Given(events).When(command, actor).Then(events). The default time is 1970.
/// </summary>
internal sealed class Story(StreamId stream, IReadOnlyList<IEvent> history)
{
    private readonly IDecider _decider = ShopDomain.Instance.DeciderOf(stream)!;

    public Outcome When(ICommand command, Actor by, DateTimeOffset? at = null)
    {
        var state = history.Aggregate(_decider.Initial, _decider.Evolve);
        return new Outcome(_decider.Decide(state, command, new CommandContext(stream, by, at ?? DateTimeOffset.UnixEpoch)));
    }

    public sealed class Outcome(Decision decision)
    {
        /// <summary>Expects exactly these events, as they would be stored.</summary>
        public void Then(params IReadOnlyList<IEvent> expected)
        {
            var accepted = Assert.IsType<Decision.Accepted>(decision);
            Assert.Equal(expected.Select(Stored), accepted.Events.Select(Stored));
        }

        public void ThenUnchanged() => Assert.IsType<Decision.Nothing>(decision);

        public void ThenRefused(string code)
        {
            var refused = Assert.IsType<Decision.Refused>(decision);
            Assert.Equal(code, refused.Code);
            Assert.Equal(ShopDomain.Instance.RefusalOf(code)?.Kind, refused.Kind);
            Assert.False(string.IsNullOrWhiteSpace(refused.Reason));
        }
    }

    private static string Stored(IEvent @event) => $"{ShopContracts.Events.NameOf(@event).Name} {ShopContracts.Events.Write(@event)}";
}
