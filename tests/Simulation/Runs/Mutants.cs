using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Orders;
using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Simulation.Scene;
using ServerlessCqrs.Simulation.Services;
using ServerlessCqrs.Topology;
using static ServerlessCqrs.Simulation.Checks.Invariants;

namespace ServerlessCqrs.Simulation.Runs;

/// <summary>A deliberate bug, and the invariants that may catch it first: which one does depends on the seed.</summary>
public sealed record Mutant(
    string Name,
    Parts Parts,
    params IReadOnlyList<string> CaughtBy)
{
    /// <summary>Whether only calm worlds can tell it from bad luck, so that no others are played.</summary>
    public bool NeedsCalm { get; init; }
}

/// <summary>The deliberate bugs. Each puts a wrong collaborator into the right product; a survivor means that a check is missing.</summary>
public static class Mutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("the commit has no condition", Parts.Right with { IsCareless = table => table == ShopTopology.StreamTips.Name }, OverwrittenIsLogged, VersionsWithoutGap, OneOutcomeACommand, DecisionIsLegal, OutcomesInStreamOrder, LoggedWasCommitted),
        new("an append that failed passes for acknowledged", Parts.Right with { LogAndPublisher = (log, publisher) => (new DeafLog(log), publisher) }, OverwrittenIsLogged, PublishedIsLogged),
        new("publish before append", Parts.Right with { LogAndPublisher = WrongOrder.Of }, PublishedIsLogged, OverwrittenIsLogged),
        new("publish failures are swallowed", Parts.Right with { LogAndPublisher = (log, publisher) => (log, new DeafPublisher(publisher)) }, ReadModelIsWhole, WatchersAreMailed),
        new("answer before Kinesis acknowledges", Parts.Right with { CommandStream = (stream, process) => new HastyStream(stream) }, AcknowledgedIsOnTheStream),
        new("retry all of a partial PutRecords", Parts.Right with { BatchWriter = NaiveWriter.Of }, AcceptedInTheClientsOrder),
        new("order by time", Parts.Right with { CommandsHandler = handler => new SortingHandler(handler) }, OutcomesInStreamOrder, AcceptedInTheClientsOrder, AcknowledgedHasOutcome),
        new("a failed batch passes for done", Parts.Right with { CommandsHandler = handler => new CarelessHandler(handler) }, AcknowledgedHasOutcome, AcceptedInTheClientsOrder, LogIsWhole, OverwrittenIsLogged, ReadModelIsWhole),
        new("the sequence number is not compared", Parts.Right with { Tips = tips => new ForgetfulTips(tips) }, ReadModelIsWhole, OverwrittenIsLogged, OneOutcomeACommand, LogIsWhole, WatchersAreMailed),
        new("the outcome is kept apart from the commit", Parts.Right with { Tips = tips => new OutcomesApartTips(tips) }, LoggedWasCommitted, DecisionIsLegal, AcknowledgedHasOutcome),
        new("ownership is checked only at the edge", Parts.Right with { Domain = ShopDomain.Instance.WithDeciders(decider => new TrustingDecider(decider)) }, DecisionIsLegal),
        new("stock may fall below zero", Parts.Right with { Domain = ShopDomain.Instance.WithDeciders(decider => new NegativeStockDecider(decider)) }, DecisionIsLegal, StockIsNeverNegative),
        new("a command is escaped without need", Parts.Right with { Records = kinesis => new EscapingStream(kinesis) }, StoresTakeIt),
        new("a product may grow without bound", Parts.Right with { Domain = ShopDomain.Instance.WithDeciders(decider => new BoundlessDecider(decider)) }, DecisionIsLegal),
        new("remembered outcomes are forgotten", Parts.Right with { Tips = tips => new RinglessTips(tips) }, OneOutcomeACommand, OverwrittenIsLogged, StatusTellsTheOutcome),
        new("events are signed by the consumer", Parts.Right with { Tips = tips => new SigningTips(tips) }, ActorIsTheTokens, LoggedWasCommitted),
        new("time runs backwards", Parts.Right with { Tips = tips => new TimelessTips(tips) }, TimeNeverRunsBackwards),
        new("an event's time is the command's", Parts.Right with { Tips = tips => new IssuedTimes(tips) }, TimeIsTheDecisions, TimeNeverRunsBackwards),
        new("an event's time is its record's arrival", Parts.Right with { DecisionClock = _ => new StoppedClock() }, TimeIsTheDecisions),
        new("the ring compares decision times", Parts.Right with { Tips = tips => new TrustingRing(tips) }, OneOutcomeACommand),
        new("a follower passes over what is newer than it", Parts.Right with { Follower = handler => new SkippingFollower(handler) }, NewerIsWaitedFor, PoisonStaysWithItsStream),
        new("a command that is newer passes for malformed", Parts.Right with { CommandsHandler = handler => new ImpatientHandler(handler) }, NewerIsWaitedFor),
        new("a newer command is forgotten by the next commit", Parts.Right with { Tips = tips => new UnparkingTips(tips) }, AcknowledgedHasOutcome, AcceptedInTheClientsOrder, ComesToRest),
        new("an event is written again as the code before knows it", Parts.Right with { LogAndPublisher = (log, publisher) => (new RewritingLog(log), publisher) }, LoggedWasCommitted),
        new("a record is given up when it is a minute old", Parts.Right with { OldestRecord = TimeSpan.FromMinutes(1) }, AcknowledgedHasOutcome, AcceptedInTheClientsOrder, DecisionIsLegal),
        new("records that cannot be read are skipped", Parts.Right with { CommandsHandler = handler => new FilteringHandler(handler, stops: false) }, UnreadableIsRecorded),
        new("a record that cannot be read stops its shard", Parts.Right with { CommandsHandler = handler => new FilteringHandler(handler, stops: true) }, ComesToRest),
        new("a record with a null field stops its shard", Parts.Right with { CommandsHandler = handler => new BrittleHandler(handler) }, ComesToRest),
        new("a record that cannot be read is tried ten times", Parts.Right with { CommandsHandler = handler => new HopefulHandler(handler) }, PoisonIsBrief) { NeedsCalm = true },
        new("one bad event spoils its batch", Parts.Right with { Follower = handler => new AllOrNothingFollower(handler) }, PoisonStaysWithItsStream) { NeedsCalm = true },
        new("read-model items are overwritten", Parts.Right with { IsCareless = table => table == ShopTopology.ProductsV1.Name }, ItemNeverFalls, AggregateIsTheSum),
        new("a posting is compared by a hash", Parts.Right with { IsSkipped = (put, stored) => MutantsOfFollowers.HaveTheSameHash(put, stored) }, SearchIsExact),
        new("the query is not normalized", Parts.Right with { QueryApi = MutantsOfHttp.SearchWithoutMarks }, SearchIsExact),
        new("skip the gap check", Parts.Right with { Project = items => GapBlindProjector.Of(items) }, ItemIsTheFold),
        new("a batch whose time is up fails as a whole", Parts.Right with { Follower = handler => new WholeOrNothingInTime(handler) }, ComesToRest, NothingIsLost),
        new("a message that is done in part comes again whole", Parts.Right with { Remainders = _ => null }, ComesToRest, NothingIsLost),
        new("a handler does not look at the clock", Parts.Right with { Follower = handler => new ClocklessFollower(handler) }, ComesToRest, NothingIsLost),
        new("a failed projection passes for done", Parts.Right with { Follower = handler => new CarelessFollower(handler) }, DoneIsApplied, ReadModelIsWhole, WatchersAreMailed, EveryEventIsAnswered),
        new("dead letters are dropped", Parts.Right with { DeadLetters = _ => new NoDeadLetters() }, DoneIsApplied, ReadModelIsWhole, WatchersAreMailed, EveryEventIsAnswered),
        new("an event that cannot be projected", Parts.Right with { Project = items => StubbornProjector.Of(items) }, DoneIsApplied, NothingIsLost, ReadModelIsWhole),
        new("unprocessed keys are dropped", Parts.Right with { DynamoDb = db => new ForgetfulBatches(db) }, TurnedAwayRightly, ReadModelIsWhole, CommittedIsFound, OutcomesInStreamOrder),
        new("a batch asks for a key twice", Parts.Right with { DynamoDb = db => new RepetitiveBatches(db) }, StoresTakeIt),
        new("a page passes for all there is", Parts.Right with { DynamoDb = db => new FirstPages(db) }, ListsAreWhole),
        new("every page is the first", Parts.Right with { DynamoDb = db => new SamePages(db) }, ListsAreWhole),
        new("a write that a hot partition refused passes for done", Parts.Right with { DynamoDb = db => new DeafWrites(db) }, DoneIsApplied, ReadModelIsWhole),
        new("a transaction that was throttled passes for done", Parts.Right with { DynamoDb = db => new DeafTransactions(db) }, DoneIsApplied, ReadModelIsWhole, AggregateIsTheSum),
        new("an answer is as large as it gets", Parts.Right with { QueryApi = MutantsOfHttp.AnswerWithoutEnd }, NothingThrows, StoresTakeIt),
        new("escapes in a path are overlooked", Parts.Right with { QueryApi = MutantsOfHttp.OverlookEscapes }, KeptByNoOne),
        new("a body that cannot be read is the server's error", Parts.Right with { CommandApi = MutantsOfHttp.BlameTheServer }, NothingThrows),
        new("a body that cannot be read passes for done", Parts.Right with { CommandApi = MutantsOfHttp.SwallowTheUnreadable }, FumblesAreRefused),
        new("the origin reads eventually", Parts.Right with { QueriedProducts = (products, dice) => new EventualProducts(products, dice) }, AnswerIsNew, EdgeForgets),
        new("a snapshot passes for one of a later version", Parts.Right with { Snapshots = snapshots => new MisdatedSnapshots(snapshots) }, AnswerIsTheFold),
        new("watchers are taken as of now", Parts.Right with { MailHistory = history => new HistoryAsOfNow(history) }, MailHasCause, WatchersAreMailed),
        new("invalidate before the read model", Parts.Right with { ProductVersions = _ => new OptimisticVersions() }, InvalidatedIsShown),
        new("atLeastVersion is ignored", Parts.Right with { QueryApi = MutantsOfHttp.IgnoreAtLeastVersion }, ReadsOwnWrites),
        new("the newest commit is not looked for", Parts.Right with { QueriedTips = tips => new UnseenTips(tips) }, AnswerIsNew, StatusTellsTheOutcome, CommittedIsFound),
        new("a miss of the read model passes for not there", Parts.Right with { QueryParts = MutantsOfHttp.BelieveMisses }, CommittedIsFound),
        new("the query service records the lag", Parts.Right with { QueryParts = MutantsOfHttp.RecordTheLag }, QueriesOnlyRead),
        new("any spelling of a path may be kept", Parts.Right with { QueryApi = MutantsOfHttp.KeepAnySpelling }, KeptByNoOne),
        new("a command's version is told as its stream's", Parts.Right with { QueriedTips = tips => new VersionsOfNow(tips) }, AnswerIsTheOutcome),
        new("degraded answers may be kept", Parts.Right with { QueryApi = MutantsOfHttp.KeepEverything }, KeptByNoOne),
        new("the edge may serve an answer while the origin fails", Parts.Right with { QueryApi = MutantsOfHttp.KeepPastItsTime }, KeptByNoOne, PublicIsKept),
        new("no answer may be kept", Parts.Right with { QueryApi = MutantsOfHttp.KeepNothing }, PublicIsKept),
        new("the edge's key lacks the query string", Parts.Right with { EdgeKey = request => EdgeKey.Of(request with { Target = request.Path }) }, EdgeKeys),
        new("the edge's key lacks the origin", Parts.Right with { EdgeKey = request => EdgeKey.Of(request with { Headers = new Dictionary<string, string>() }) }, EdgeKeys),
        new("the edge keeps private reads", Parts.Right with { EdgeKey = request => request.Method == "GET" ? request.Target : null }, EdgeKeys),
        new("everybody passes for an operator", Parts.Right with { QueryApi = MutantsOfHttp.EverybodyIsAnOperator }, StatusIsPrivate, OrdersArePrivate),
        new("nobody passes for a seller", Parts.Right with { CommandApi = MutantsOfHttp.NobodyIsASeller }, TurnedAwayRightly),
        new("everybody sees every order", Parts.Right with { QueryApi = MutantsOfHttp.EverybodySeesOrders }, OrdersArePrivate),
        new("a token never expires", Parts.Right with { CommandApi = MutantsOfHttp.TokensNeverExpire }, TokensAreJudged),
        new("a token needs no signature", Parts.Right with { CommandApi = MutantsOfHttp.TokensNeedNoSignature }, TokensAreJudged),
        new("a token for another app passes if its client is ours", Parts.Right with { CommandApi = MutantsOfHttp.ClientIsEnoughOfAnAudience }, TokensAreJudged),
        new("an ID token passes for an access token", Parts.Right with { QueryApi = MutantsOfHttp.AnyKindOfTokenPasses }, TokensAreJudged),
        new("a person whom nobody knows is deactivated", Parts.Right with { Personal = personal => new KnowingPersonalData(personal) }, DeactivatedWasKnown),
        new("a request without a name erases the name", Parts.Right with { Domain = ShopDomain.Instance.WithDeciders(decider => new NameErasingDecider(decider)) }, NameIsKept, DecisionIsLegal),
        new("If-Match is dropped on the way", Parts.Right with { CommandApi = MutantsOfHttp.IgnoreIfMatch }, CommandIsTheWish),
        new("the process's commands have new ids each time", Parts.Right with { Answers = commands => new RenamingAnswers(commands) }, AnswersAreTheSame),
        new("the process takes its commands for put", Parts.Right with { Answers = commands => new DeafAnswers(commands) }, EveryEventIsAnswered, StockFollowsTheOrders, OrdersEnd),
        new("the process gives nothing back", Parts.Right with { Answers = commands => new ForgettingAnswers(commands, command => command is ReleaseStock or ReturnStock) }, EveryEventIsAnswered, StockFollowsTheOrders),
        new("no order's time is ever over", Parts.Right with { Answers = commands => new ForgettingAnswers(commands, command => command is ExpireOrder) }, OrdersEnd),
        new("nobody looks whether an order is settled", Parts.Right with { TimeoutTips = tips => new UnseenTips(tips) }, SettledIsLeftAlone),
        new("an order ends again", Parts.Right with { Domain = ShopDomain.Instance.WithDeciders(decider => new ForgetfulOrders(decider)) }, OrderEndsOnce),
        new("a release is not remembered", Parts.Right with { Domain = ShopDomain.Instance.WithDeciders(decider => new UnbarredDecider(decider)) }, LateReservationsGetNothing, DecisionIsLegal),
        new("what is added up is added with every delivery", Parts.Right with { IsCareless = table => table == ShopTopology.OrdersV1.Name }, AggregateIsTheSum, ItemNeverFalls),
        new("claim the mail after sending", Parts.Right with { Claims = claims => new LateClaims(claims) }, OneMail, WatchersAreMailed),
        new("mails of orders are lost on the way to SES", Parts.Right with { Mails = sender => new ForgetfulSender(sender, "order") }, CustomersAreMailed),
        new("a refused mail address is tried again", Parts.Right with { Mails = sender => new PatientSender(sender) }, RefusedMailIsGivenUp),
        new("a mail refused for a time passes for undeliverable", Parts.Right with { Mails = sender => new HastySender(sender) }, CustomersAreMailed, WatchersAreMailed),
        new("a mail in doubt passes for refused", Parts.Right with { Mails = sender => new HopefulSender(sender) }, OneMail),
    ];
}
