using System.Net;

namespace PropertyManager.Domain.Configuration.Evaluation;

/// <summary>Criteria about who asks, and from where.</summary>
internal static class ClientCriteria
{
    /// <summary>Where the client is, whatever address the option says to look up: only one place is known of a request.</summary>
    public static Func<EvaluationRun, bool> Location(OptionReader reader)
    {
        var not = reader.Choice("matchOperator", "IS_ONE_OF", "IS_NOT_ONE_OF") == "IS_NOT_ONE_OF";
        _ = reader.Choice("checkIps", "BOTH", "CONNECTING", "HEADERS");
        switch (reader.Choice("field", "COUNTRY", "CONTINENT", "REGION"))
        {
            case "CONTINENT":
                var continents = Places(reader, "continentValues");
                return run => continents.Contains(run.Request.Client.Continent, run) != not;
            case "REGION":
                var regions = Places(reader, "regionValues");
                return run => IsInRegion(regions, run) != not;
            default:
                var countries = Places(reader, "countryValues");
                return run => countries.Contains(run.Request.Client.Country, run) != not;
        }
    }

    public static Func<EvaluationRun, bool> Address(OptionReader reader)
    {
        var not = reader.Choice("matchOperator", "IS_ONE_OF", "IS_NOT_ONE_OF") == "IS_NOT_ONE_OF";
        var values = reader.List("values");
        var ranges = new List<AddressRange>();
        foreach (var text in values.Where(value => value.Constant is not null).Select(value => value.Constant!))
        {
            if (AddressRange.Parse(text.Trim()) is { } range)
            {
                ranges.Add(range);
            }
            else
            {
                reader.Fault("values", $"\"{text}\" is neither an address nor a block of addresses.");
            }
        }

        AddressRange[] blocks = [.. ranges];
        Template[] templates = [.. values.Where(value => value.Constant is null)];
        return reader.Flag("useHeaders") ? run => IsIn(Forwarded(run), run) != not : run => IsIn(run.Address, run) != not;

        bool IsIn(UInt128 address, EvaluationRun run)
        {
            foreach (var block in blocks)
            {
                if (block.Contains(address))
                {
                    return true;
                }
            }

            foreach (var template in templates)
            {
                if (AddressRange.Parse(template.Expand(run).Trim()) is { } range && range.Contains(address))
                {
                    return true;
                }
            }

            return false;
        }
    }

    public static Func<EvaluationRun, bool> AddressVersion(OptionReader reader)
    {
        var wantsV6 = reader.Choice("value", "IPV4", "IPV6") == "IPV6";
        return reader.Flag("useXForwardedFor")
            ? run => (run.ForwardedAddress()?.Contains(':', StringComparison.Ordinal) ?? run.IsV6) == wantsV6
            : run => run.IsV6 == wantsV6;
    }

    /// <summary>The address that a proxy gave; the connecting one where none did, or gave nonsense.</summary>
    private static UInt128 Forwarded(EvaluationRun run) =>
        run.ForwardedAddress() is { } text && IPAddress.TryParse(text, out var address) ? AddressRange.Bits(address) : run.Address;

    private static ValueList Places(OptionReader reader, string option) => new(reader.List(option), caseSensitive: false, wildcards: false);

    /// <summary>Regions are written alone or after their country: CA, US-CA.</summary>
    private static bool IsInRegion(ValueList regions, EvaluationRun run)
    {
        var client = run.Request.Client;
        if (client.Region.Length == 0)
        {
            return false;
        }

        if (regions.Contains(client.Region, run))
        {
            return true;
        }

        Span<char> whole = stackalloc char[16];
        return whole.TryWrite($"{client.Country}-{client.Region}", out var length) && regions.Contains(whole[..length], run);
    }
}
