using ServerlessCqrs.Push;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Simulation.Scene;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Topology;
using static ServerlessCqrs.Simulation.Checks.Invariants;

namespace ServerlessCqrs.Simulation.Runs;

/// <summary>A deliberate bug and the invariants that may catch it first. Which one does depends on the seed.</summary>
public sealed record Mutant(
    string Name,
    Parts Parts,
    params IReadOnlyList<string> CaughtBy)
{
    /// <summary>True if only calm worlds can distinguish it from faults, so that no others are played.</summary>
    public bool NeedsCalm { get; init; }

    /// <summary>True if only worlds with browsers reach it, so that no others are played.</summary>
    public bool NeedsBrowsers { get; init; }
}

/// <summary>
/// The deliberate bugs. Each puts a wrong collaborator into the right product. A survivor means that a check is
/// missing.
/// </summary>
public static class Mutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("the commit has no condition", Parts.Right with { IsCareless = table => table == ShopTopology.StreamTips.Name }, OverwrittenIsLogged, VersionsWithoutGap, OneOutcomeACommand, DecisionIsLegal, OutcomesInStreamOrder, LoggedWasCommitted),
        new("a failed append counts as acknowledged", Parts.Right with { LogAndPublisher = (log, publisher) => (new DeafLog(log), publisher) }, OverwrittenIsLogged, PublishedIsLogged),
        new("publish happens before append", Parts.Right with { LogAndPublisher = WrongOrder.Of }, PublishedIsLogged, OverwrittenIsLogged),
        new("publish failures are swallowed", Parts.Right with { LogAndPublisher = (log, publisher) => (log, new DeafPublisher(publisher)) }, ReadModelIsWhole, WatchersAreMailed),
        new("the answer does not wait for Kinesis", Parts.Right with { CommandStream = (stream, process) => new HastyStream(stream) }, AcknowledgedIsOnTheStream),
        new("a partial PutRecords failure retries all records", Parts.Right with { BatchWriter = NaiveWriter.Of }, AcceptedInTheClientsOrder),
        new("records are ordered by time", Parts.Right with { CommandsHandler = handler => new SortingHandler(handler) }, OutcomesInStreamOrder, AcceptedInTheClientsOrder, AcknowledgedHasOutcome),
        new("a failed batch counts as done", Parts.Right with { CommandsHandler = handler => new CarelessHandler(handler) }, AcknowledgedHasOutcome, AcceptedInTheClientsOrder, LogIsWhole, OverwrittenIsLogged, ReadModelIsWhole),
        new("the sequence number is not compared", Parts.Right with { Tips = tips => new ForgetfulTips(tips) }, ReadModelIsWhole, OverwrittenIsLogged, OneOutcomeACommand, LogIsWhole, WatchersAreMailed),
        new("the outcome is stored outside the commit", Parts.Right with { Tips = tips => new OutcomesApartTips(tips) }, LoggedWasCommitted, DecisionIsLegal, AcknowledgedHasOutcome),
        new("ownership is checked only at the edge", Parts.Right with { Domain = ShopDomain.Instance.WithDeciders(decider => new TrustingDecider(decider)) }, DecisionIsLegal),
        new("stock may become negative", Parts.Right with { Domain = ShopDomain.Instance.WithDeciders(decider => new NegativeStockDecider(decider)) }, DecisionIsLegal, StockIsNeverNegative),
        new("a command is escaped more than JSON requires", Parts.Right with { Records = kinesis => new EscapingStream(kinesis) }, StoresTakeIt),
        new("a product's size is unbounded", Parts.Right with { Domain = ShopDomain.Instance.WithDeciders(decider => new BoundlessDecider(decider)) }, DecisionIsLegal),
        new("remembered outcomes are forgotten", Parts.Right with { Tips = tips => new RinglessTips(tips) }, OneOutcomeACommand, OverwrittenIsLogged, StatusTellsTheOutcome),
        new("the consumer replaces the actor of events", Parts.Right with { Tips = tips => new SigningTips(tips) }, ActorIsTheTokens, LoggedWasCommitted),
        new("time runs backwards", Parts.Right with { Tips = tips => new TimelessTips(tips) }, TimeNeverRunsBackwards),
        new("an event's time is the command's", Parts.Right with { Tips = tips => new IssuedTimes(tips) }, TimeIsTheDecisions, TimeNeverRunsBackwards),
        new("an event's time is its record's arrival", Parts.Right with { DecisionClock = _ => new StoppedClock() }, TimeIsTheDecisions),
        new("the ring compares decision times", Parts.Right with { Tips = tips => new TrustingRing(tips) }, OneOutcomeACommand),
        new("a follower skips messages newer than its code", Parts.Right with { Follower = handler => new SkippingFollower(handler) }, NewerIsWaitedFor, PoisonStaysWithItsStream),
        new("a command newer than the code counts as malformed", Parts.Right with { CommandsHandler = handler => new ImpatientHandler(handler) }, NewerIsWaitedFor),
        new("the next commit drops a parked newer command", Parts.Right with { Tips = tips => new UnparkingTips(tips) }, AcknowledgedHasOutcome, AcceptedInTheClientsOrder, ComesToRest),
        new("older code rewrites an event in its own version", Parts.Right with { LogAndPublisher = (log, publisher) => (new RewritingLog(log), publisher) }, LoggedWasCommitted),
        new("a record is dropped when it is a minute old", Parts.Right with { OldestRecord = TimeSpan.FromMinutes(1) }, AcknowledgedHasOutcome, AcceptedInTheClientsOrder, DecisionIsLegal),
        new("unreadable records are skipped", Parts.Right with { CommandsHandler = handler => new FilteringHandler(handler, stops: false) }, UnreadableIsRecorded),
        new("an unreadable record stops its shard", Parts.Right with { CommandsHandler = handler => new FilteringHandler(handler, stops: true) }, ComesToRest),
        new("a record with a null field stops its shard", Parts.Right with { CommandsHandler = handler => new BrittleHandler(handler) }, ComesToRest),
        new("an unreadable record is retried ten times", Parts.Right with { CommandsHandler = handler => new HopefulHandler(handler) }, PoisonIsBrief) { NeedsCalm = true },
        new("one bad event fails its whole batch", Parts.Right with { Follower = handler => new AllOrNothingFollower(handler) }, PoisonStaysWithItsStream) { NeedsCalm = true },
        new("read-model items are overwritten", Parts.Right with { IsCareless = table => table == ShopTopology.ProductsV1.Name }, ItemNeverFalls, AggregateIsTheSum),
        new("search postings are compared by hash only", Parts.Right with { IsSkipped = (put, stored) => MutantsOfFollowers.HaveTheSameHash(put, stored) }, SearchIsExact),
        new("the query is not normalized", Parts.Right with { QueryApi = MutantsOfHttp.SearchWithoutMarks }, SearchIsExact),
        new("the gap check is skipped", Parts.Right with { Project = items => GapBlindProjector.Of(items) }, ItemIsTheFold),
        new("a batch that runs out of time fails as a whole", Parts.Right with { Follower = handler => new WholeOrNothingInTime(handler) }, ComesToRest, NothingIsLost),
        new("a partly applied message is redelivered whole", Parts.Right with { Remainders = _ => null }, ComesToRest, NothingIsLost),
        new("a handler ignores its deadline", Parts.Right with { Follower = handler => new ClocklessFollower(handler) }, ComesToRest, NothingIsLost),
        new("a failed projection counts as done", Parts.Right with { Follower = handler => new CarelessFollower(handler) }, DoneIsApplied, ReadModelIsWhole, WatchersAreMailed, EveryEventIsAnswered),
        new("dead letters are dropped", Parts.Right with { DeadLetters = _ => new NoDeadLetters() }, DoneIsApplied, ReadModelIsWhole, WatchersAreMailed, EveryEventIsAnswered),
        new("one event cannot be projected", Parts.Right with { Project = items => StubbornProjector.Of(items) }, DoneIsApplied, NothingIsLost, ReadModelIsWhole),
        new("unprocessed keys are dropped", Parts.Right with { DynamoDb = db => new ForgetfulBatches(db) }, TurnedAwayRightly, ReadModelIsWhole, CommittedIsFound, OutcomesInStreamOrder),
        new("a batch read contains a key twice", Parts.Right with { DynamoDb = db => new RepetitiveBatches(db) }, StoresTakeIt),
        new("only the first page is read", Parts.Right with { DynamoDb = db => new FirstPages(db) }, ListsAreWhole),
        new("every page is the first page", Parts.Right with { DynamoDb = db => new SamePages(db) }, ListsAreWhole),
        new("a throttled write counts as done", Parts.Right with { DynamoDb = db => new DeafWrites(db) }, DoneIsApplied, ReadModelIsWhole),
        new("a throttled transaction counts as done", Parts.Right with { DynamoDb = db => new DeafTransactions(db) }, DoneIsApplied, ReadModelIsWhole, AggregateIsTheSum),
        new("the size of an answer is unbounded", Parts.Right with { QueryApi = MutantsOfHttp.AnswerWithoutEnd }, NothingThrows, StoresTakeIt),
        new("escapes in a path are ignored", Parts.Right with { QueryApi = MutantsOfHttp.OverlookEscapes }, KeptByNoOne),
        new("an unreadable body is answered with a server error", Parts.Right with { CommandApi = MutantsOfHttp.BlameTheServer }, NothingThrows),
        new("an unreadable body is answered with success", Parts.Right with { CommandApi = MutantsOfHttp.SwallowTheUnreadable }, FumblesAreRefused),
        new("the origin reads with eventual consistency", Parts.Right with { QueriedProducts = (products, dice) => new EventualProducts(products, dice) }, AnswerIsNew, EdgeForgets),
        new("a snapshot claims a later version", Parts.Right with { Snapshots = snapshots => new MisdatedSnapshots(snapshots) }, AnswerIsTheFold),
        new("mails go to today's watchers", Parts.Right with { MailHistory = history => new HistoryAsOfNow(history) }, MailHasCause, WatchersAreMailed),
        new("invalidation happens before the read model is updated", Parts.Right with { ProductVersions = _ => new OptimisticVersions() }, InvalidatedIsShown),
        new("atLeastVersion is ignored", Parts.Right with { QueryApi = MutantsOfHttp.IgnoreAtLeastVersion }, ReadsOwnWrites),
        new("the newest commit is ignored", Parts.Right with { QueriedTips = tips => new UnseenTips(tips) }, AnswerIsNew, StatusTellsTheOutcome, CommittedIsFound),
        new("a missing read-model item is answered with 404", Parts.Right with { QueryParts = MutantsOfHttp.BelieveMisses }, CommittedIsFound),
        new("the query service records the lag", Parts.Right with { QueryParts = MutantsOfHttp.RecordTheLag }, QueriesOnlyRead),
        new("every spelling of a path is cacheable", Parts.Right with { QueryApi = MutantsOfHttp.KeepAnySpelling }, KeptByNoOne),
        new("an answer states the stream's version instead of the command's", Parts.Right with { QueriedTips = tips => new VersionsOfNow(tips) }, AnswerIsTheOutcome),
        new("degraded answers are cacheable", Parts.Right with { QueryApi = MutantsOfHttp.KeepEverything }, KeptByNoOne),
        new("the edge serves stale answers while the origin fails", Parts.Right with { QueryApi = MutantsOfHttp.KeepPastItsTime }, KeptByNoOne, PublicIsKept),
        new("no answer is cacheable", Parts.Right with { QueryApi = MutantsOfHttp.KeepNothing }, PublicIsKept),
        new("the edge's cache key lacks the query string", Parts.Right with { EdgeKey = request => EdgeKey.Of(request with { Target = request.Path }) }, EdgeKeys),
        new("the edge's cache key lacks the Origin header", Parts.Right with { EdgeKey = request => EdgeKey.Of(request with { Headers = new Dictionary<string, string>() }) }, EdgeKeys),
        new("the edge caches private reads", Parts.Right with { EdgeKey = request => request.Method == "GET" ? request.Target : null }, EdgeKeys),
        new("everybody counts as an operator", Parts.Right with { QueryApi = MutantsOfHttp.EverybodyIsAnOperator }, StatusIsPrivate, OrdersArePrivate),
        new("nobody counts as a seller", Parts.Right with { CommandApi = MutantsOfHttp.NobodyIsASeller }, TurnedAwayRightly),
        new("everybody can read every order", Parts.Right with { QueryApi = MutantsOfHttp.EverybodySeesOrders }, OrdersArePrivate),
        new("a token never expires", Parts.Right with { CommandApi = MutantsOfHttp.TokensNeverExpire }, TokensAreJudged),
        new("a token needs no signature", Parts.Right with { CommandApi = MutantsOfHttp.TokensNeedNoSignature }, TokensAreJudged),
        new("a token for another audience is accepted for our client", Parts.Right with { CommandApi = MutantsOfHttp.ClientIsEnoughOfAnAudience }, TokensAreJudged),
        new("an ID token is accepted as an access token", Parts.Right with { QueryApi = MutantsOfHttp.AnyKindOfTokenPasses }, TokensAreJudged),
        new("an unknown person is deactivated", Parts.Right with { Personal = personal => new KnowingPersonalData(personal) }, DeactivatedWasKnown),
        new("a request without a name erases the name", Parts.Right with { Domain = ShopDomain.Instance.WithDeciders(decider => new NameErasingDecider(decider)) }, NameIsKept, DecisionIsLegal),
        new("If-Match is dropped", Parts.Right with { CommandApi = MutantsOfHttp.IgnoreIfMatch }, CommandIsTheWish),
        new("the process sends its commands with new ids each time", Parts.Right with { Answers = commands => new RenamingAnswers(commands) }, AnswersAreTheSame),
        new("the process assumes that its commands were stored", Parts.Right with { Answers = commands => new DeafAnswers(commands) }, EveryEventIsAnswered, StockFollowsTheOrders, OrdersEnd),
        new("the process never releases stock", Parts.Right with { Answers = commands => new ForgettingAnswers(commands, command => command is ReleaseStock or ReturnStock) }, EveryEventIsAnswered, StockFollowsTheOrders),
        new("no order ever times out", Parts.Right with { Answers = commands => new ForgettingAnswers(commands, command => command is ExpireOrder) }, OrdersEnd),
        new("the timeout ignores whether an order is settled", Parts.Right with { TimeoutTips = tips => new UnseenTips(tips) }, SettledIsLeftAlone),
        new("an order can end twice", Parts.Right with { Domain = ShopDomain.Instance.WithDeciders(decider => new ForgetfulOrders(decider)) }, OrderEndsOnce),
        new("a release is not recorded", Parts.Right with { Domain = ShopDomain.Instance.WithDeciders(decider => new UnbarredDecider(decider)) }, LateReservationsGetNothing, DecisionIsLegal),
        new("aggregates are added with every delivery", Parts.Right with { IsCareless = table => table == ShopTopology.OrdersV1.Name }, AggregateIsTheSum, ItemNeverFalls),
        new("the mail is claimed after sending", Parts.Right with { Claims = claims => new LateClaims(claims) }, OneMail, WatchersAreMailed),
        new("mails of orders are lost on the way to SES", Parts.Right with { Mails = sender => new ForgetfulSender(sender, "order") }, CustomersAreMailed),
        new("a refused mail address is retried", Parts.Right with { Mails = sender => new PatientSender(sender) }, RefusedMailIsGivenUp),
        new("a temporarily refused mail counts as undeliverable", Parts.Right with { Mails = sender => new HastySender(sender) }, CustomersAreMailed, WatchersAreMailed),
        new("a mail with unknown result counts as refused", Parts.Right with { Mails = sender => new HopefulSender(sender) }, OneMail),
        new("a hint needs no claim", Parts.Right with { Watchers = watchers => new ClaimlessWatchers(watchers) }, HintsAreSpaced) { NeedsCalm = true, NeedsBrowsers = true },
        new("hints of an instance that died count as sent", Parts.Right with { Watchers = watchers => new TrustingWatchers(watchers) }, DoneIsHinted, PageIsHinted) { NeedsBrowsers = true },
        new("a failed post counts as delivered", Parts.Right with { Sockets = sockets => new HopefulSockets(sockets) }, DoneIsHinted, PageIsHinted) { NeedsBrowsers = true },
        new("a hint that must wait is dropped", Parts.Right with { DelayedHints = _ => new NoDelayedHints() }, DoneIsHinted, PageIsHinted) { NeedsBrowsers = true },
        new("a closed socket is not forgotten", Parts.Right with { Connections = connections => new KeptConnections(connections) }, GoneIsForgotten) { NeedsCalm = true, NeedsBrowsers = true },
        new("everybody may watch every order", Parts.Right with { Watching = rules => rules with { Of = _ => Visibility.Everyone } }, HintsArePrivate) { NeedsBrowsers = true },
        new("the answer to a watch names no versions", Parts.Right with { WatchTips = tips => new UnseenTips(tips) }, WatchCatchesUp) { NeedsBrowsers = true },
    ];
}
