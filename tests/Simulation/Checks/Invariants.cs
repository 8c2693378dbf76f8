namespace ServerlessCqrs.Simulation.Checks;

/// <summary>What must hold, whatever happens. Each is checked at the very step that could break it, or where its name says so, once faults have stopped and everything has drained.</summary>
public static class Invariants
{
    // The way in.
    public const string AcknowledgedIsOnTheStream = "a command is acknowledged only once Kinesis has it";
    public const string CommandIsTheWish = "what is put on the stream is what the caller asked for, to the letter";
    public const string TokensAreJudged = "a request that needs a token is answered for a good one alone, by the service's clock";
    public const string AcceptedInTheClientsOrder = "what a client had acknowledged before is decided before";
    public const string AnswerIsTheOutcome = "a client is told the outcome that its command has";

    public const string UrlsAreValid = "a URL in an answer is a valid URI reference, whatever the subject";
    public const string TurnedAwayRightly = "a client is turned away without a decision only for what was so when it asked";

    // Deciding.
    public const string OneOutcomeACommand = "no command is decided twice";
    public const string AcknowledgedHasOutcome = "at rest every acknowledged command has its outcome, in the log and for its status";
    public const string OutcomesInStreamOrder = "a stream's commands are decided in the order Kinesis took them";
    public const string VersionsWithoutGap = "a stream's versions are 1 to n, each once";
    public const string DecisionIsLegal = "every outcome is what the rules say on the fold before it, decided again by the one who was sent it";
    public const string ActorIsTheTokens = "actor and owner of an event are those of the verified token";
    public const string TimeIsTheDecisions = "an event's time is its decision's: not before its record arrived, and within a batch's duration and the clocks' skew of when it became visible";
    public const string AsOfIsWhatWasSeen = "what is told as of a time is what readers saw then, but for a batch's duration and the clocks' skew";
    public const string TimeNeverRunsBackwards = "a stream's time never runs backwards";
    public const string StockIsNeverNegative = "stock is never negative";

    // Orders.
    public const string AnswersAreTheSame = "the order process answers an event with the same commands on every delivery, id and time";
    public const string NameIsKept = "a customer's name changes only to another name";
    public const string DeactivatedWasKnown = "only a person of whom the shop knows something is deactivated";

    public const string EveryEventIsAnswered = "at rest the order process has answered every event, and each answer was decided";
    public const string OrdersEnd = "at rest no order still waits for its products";
    public const string OrderEndsOnce = "an order is confirmed at most once, and ended at most once, and nothing is confirmed that has ended";
    public const string LateReservationsGetNothing = "what comes for an order after its pieces were given back takes none";
    public const string StockFollowsTheOrders = "at rest an order has taken of a product what it sells or is held for, and nothing once it has ended";
    public const string SettledIsLeftAlone = "an order that was settled long ago is not told that its time is over";

    // The log.
    public const string LoggedWasCommitted = "the log holds nothing that no tip committed, and each row as it was committed";
    public const string OverwrittenIsLogged = "what a tip overwrites is in the log";
    public const string LogIsWhole = "at rest the log holds every event and every outcome";
    public const string UnreadableIsRecorded = "at rest every record that cannot be read is recorded as refused";

    // Those who follow.
    public const string PublishedIsLogged = "what is published is in the log before";
    public const string ItemNeverFalls = "a read-model item's version never falls";
    public const string ItemIsTheFold = "a read-model item is at every instant the fold up to its version";
    public const string ReadModelIsWhole = "at rest every item is the fold of its stream, none is missing, none is extra";
    public const string AggregateIsTheSum = "what many streams add up to is at every instant the sum of what each of them adds";
    public const string SearchIsExact = "at rest a search finds the products that have every word, in any form, and no others, in the category that they are in";
    public const string DoneIsApplied = "a message to a read model is done only once the item has its events, or they lie dead";
    public const string OneMail = "no mail is sent twice";
    public const string RefusedMailIsGivenUp = "a mail that was refused for good is not sent again";
    public const string MailHasCause = "a mail has its event, and goes to the one whom that concerns: who watched when the price fell, who ordered, who wrote";
    public const string WatchersAreMailed = "at rest every watcher the log knew of has the mail, or it is listed as unknown";
    public const string CustomersAreMailed = "at rest who ordered and who wrote a review has a mail of what became of it, or it is listed as unknown";
    public const string InvalidatedIsShown = "the edge is made to forget only what the read model shows";
    public const string EdgeNeverAhead = "the edge never serves what is not committed";
    public const string EdgeForgets = "what is fetched after an invalidation is not older than it";
    public const string EdgeCatchesUp = "one s-maxage after rest the edge serves what the read model has";

    // What readers are told.
    public const string AnswerIsTheFold = "whatever is told of a product, an order or a review is the fold of its history at the version that it names";
    public const string AnswerIsNew = "an answer is not older than what it was read from when it was asked for, or says that it may be";
    public const string ReadsOwnWrites = "an answer to atLeastVersion is never older than that, from the edge neither";
    public const string CommittedIsFound = "what is committed is never said not to be there, whatever the read models have";
    public const string QueriesOnlyRead = "the query service writes nothing";
    public const string StatusTellsTheOutcome = "a status URL tells the outcome from the moment on that it is committed";
    public const string StatusIsPrivate = "what became of a command is told to its actor and to operators alone";
    public const string OrdersArePrivate = "an order is told to its customer and to operators alone";
    public const string PublicIsKept = "what the read model says of a product may be kept by the edge, under the version as its tag";
    public const string KeptByNoOne = "what is private, degraded, momentary or wrong may be kept by no one";
    public const string EdgeKeys = "the edge answers from its cache only what was said to the same question, and nothing private";

    public const string ListsAreWhole = "at rest a list has everything that belongs on it, once";
    public const string HealthIsTold = "at rest the shop says that it is well, and that no read model lags";

    // All of it.
    public const string FumblesAreRefused = "a body that says nothing which could be done is refused as its client's error";
    public const string StoresTakeIt = "nothing is sent to a service that it refuses for its size or its characters";
    public const string NothingIsLost = "at rest no message is left over, nor lies dead once it was redriven";
    public const string ComesToRest = "once faults stop, everything drains within a bounded time";
    public const string PoisonIsBrief = "a record that cannot be read holds up the others of its shard for seconds at most";
    public const string PoisonStaysWithItsStream = "an event that cannot be handled holds up the followers of its own stream alone";
    public const string NewerIsWaitedFor = "what is newer than the code that meets it waits for newer code, and is never passed over";
    public const string NothingThrows = "nothing fails but where a fault made it";
}
