namespace ServerlessCqrs.ShopViews.Search;

/// <summary>How much of a product the search reads. Its API states these numbers.</summary>
public static class SearchLimits
{
    /// <summary>
    /// The most words that a product is found by. With as many to delete, and its own row, they make 97 writes: DynamoDB takes 100 in a transaction
    /// (https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html).
    /// </summary>
    public const int WordsOfProduct = 48;

    /// <summary>A specification says what it says in a few words. What follows is prose.</summary>
    public const int WordsOfSpecification = 8;

    /// <summary>In UTF-16. A longer word is found by its beginning.</summary>
    public const int CharactersOfWord = 40;
}
