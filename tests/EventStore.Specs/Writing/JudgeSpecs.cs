using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.EventStore.Writing;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Specs.Writing;

public sealed class JudgeSpecs
{
    private static readonly StreamId Product = ProductStreams.IdOf(Guid.NewGuid());

    private static readonly IDecider Decider = ShopDomain.Instance.DeciderOf(Product)!;

    [Theory]
    [InlineData(true, null, 3, "idempotency_key_reused")]
    [InlineData(true, 2L, 3, "idempotency_key_reused")]
    [InlineData(false, 2L, 3, "version_mismatch")]
    [InlineData(false, 7L, 0, "version_mismatch")]
    [InlineData(false, 3L, 3, null)]
    [InlineData(false, null, 3, null)]
    public void Taken_key_bars_before_a_stale_version(bool keyIsTaken, long? seen, long version, string? code) =>
        Assert.Equal(code, (Judge.Bar(keyIsTaken, seen, version) as Decision.Refused)?.Code);

    [Fact]
    public void Decision_that_throws_is_refused_and_leaves_the_state()
    {
        // No product knows this event, so its fold throws.
        var decision = Decide(new ThrowingDecider(), out var next);

        Assert.Equal((RefusalKind.Fault, "internal_error"), decision is Decision.Refused refused ? (refused.Kind, refused.Code) : default);
        Assert.Same(Decider.Initial, next);
    }

    [Fact]
    public void Refused_command_leaves_the_state()
    {
        Assert.IsType<Decision.Refused>(Decide(Decider, out var next));
        Assert.Same(Decider.Initial, next);
    }

    private static Decision Decide(IDecider decider, out object next) => Judge.Decide(
        decider,
        Decider.Initial,
        new DeleteProduct(""),
        new CommandContext(Product, new Actor("seller-1", ShopRoles.Seller), DateTimeOffset.UnixEpoch),
        Guid.NewGuid(),
        NullLogger.Instance,
        out next);

    private sealed record Surprise : IEvent;

    private sealed class ThrowingDecider : IDecider
    {
        public string Category => Decider.Category;

        public int StateShape => Decider.StateShape;

        public object Initial => Decider.Initial;

        public Decision Decide(object state, ICommand command, CommandContext context) => Decision.Accept(new Surprise());

        public object Evolve(object state, IEvent @event) => Decider.Evolve(state, @event);

        public bool Creates(ICommand command) => Decider.Creates(command);

        public string WriteState(object state) => Decider.WriteState(state);

        public object ReadState(string json) => Decider.ReadState(json);
    }
}
