using System.Collections.Frozen;

namespace PropertyManager.Domain.Configuration.Catalog;

/// <summary>Whether a rule format has a behavior, a criterion or an option.</summary>
internal enum Presence
{
    /// <summary>As far as is known.</summary>
    There,

    /// <summary>It has, and newer formats have not.</summary>
    Retired,

    /// <summary>It has not: newer or older formats have.</summary>
    Absent,

    /// <summary>No format is known to have it.</summary>
    Unknown,
}

/// <summary>Which rule formats have what, where not all have it. Before <see cref="Begins"/> nothing is known of what a format lacks.</summary>
internal static class FormatHistory
{
    private const string Begins = "v2023-01-05";

    // Name or name.option, the first format and the last one; a hyphen where it is there from the beginning or to this day. No behavior has the
    // name of a criterion.
    private const string Spans = """
        adaptiveAcceleration.intelligentEarlyHints 2024-10-21 -
        adaptiveAcceleration.intelligentEarlyHintsTitle 2024-10-21 -
        adaptiveImageCompression - 2025-03-24
        allowCachingOnCommercialNetwork 2025-05-30 -
        apiPrioritization.cloudletSharedPolicy 2023-05-30 -
        apiPrioritization.isSharedPolicy 2023-05-30 -
        clientCertificateAuth 2023-09-20 -
        commonMediaClientData 2023-05-30 -
        contentTargetingProtection.advancedSupportTitle 2025-09-09 -
        contentTargetingProtection.enableXForwardedForWithinGeoProtection 2025-09-09 2025-09-09
        contentTargetingProtection.enableXForwardedForWithinIpProtection 2025-09-09 2025-09-09
        contentTargetingProtection.geoProtectionXffMode 2025-10-16 -
        contentTargetingProtection.ipProtectionXffMode 2025-10-16 -
        cpCode.enableDefaultContentProviderCode 2025-09-09 -
        earlyData 2024-10-21 -
        earlyDataAdvanced 2025-02-18 -
        earlyDataAdvanced.supportedHttpMethods 2025-04-29 -
        earlyHints 2024-05-31 -
        edgeWorker.continueOnError 2025-07-07 -
        edgeWorker.continueOnErrorDisclaimer 2025-07-07 -
        edgeWorker.failOpenTitle 2025-07-07 -
        edgeWorker.mPulse 2023-09-20 -
        edgeWorker.mPulseInformation 2023-09-20 -
        edgeWorker.mPulseTitle 2025-07-07 -
        enforceMtlsSettings 2023-09-20 -
        enhancedDebug 2024-10-21 -
        enhancedProxyDetection.detectProxyOverVpn 2025-05-30 -
        enhancedProxyDetection.detectProxyOverVpnAction 2025-05-30 -
        enhancedProxyDetection.detectProxyOverVpnRedirecturl 2025-05-30 -
        enhancedProxyDetection.detectRelayProxy 2025-05-30 -
        enhancedProxyDetection.detectRelayProxyAction 2025-05-30 -
        enhancedProxyDetection.detectRelayProxyRedirecturl 2025-05-30 -
        enhancedProxyDetection.proxyOverVpn 2025-05-30 -
        enhancedProxyDetection.relayProxy 2025-05-30 -
        fips 2023-09-20 -
        frontEndOptimization - 2023-01-05
        googleTagGateway 2025-10-16 -
        govCloud 2024-10-21 -
        imageManager.cloudWrapperEnabled 2025-02-18 -
        imageManager.cloudWrapperRolloutStart 2025-02-18 -
        imageManager.cloudWrapperUrlPath 2025-02-18 -
        inputValidation - 2023-01-05
        localhostLoopbackProtection 2025-10-16 -
        mediaOriginFailover.objectUnavailableBlacklistOriginIp - 2024-10-21
        mediaOriginFailover.objectUnavailableBlacklistWindow - 2024-10-21
        mediaOriginFailover.objectUnavailableBlocklistOriginIp 2025-01-13 -
        mediaOriginFailover.objectUnavailableBlocklistWindow 2025-01-13 -
        mediaOriginFailover.originUnavailableBlacklistOriginIp - 2024-10-21
        mediaOriginFailover.originUnavailableBlacklistWindow - 2024-10-21
        mediaOriginFailover.originUnavailableBlocklistOriginIp 2025-01-13 -
        mediaOriginFailover.originUnavailableBlocklistWindow 2025-01-13 -
        mediaOriginFailover.originUnresponsiveBlacklistOriginIp - 2024-10-21
        mediaOriginFailover.originUnresponsiveBlacklistWindow - 2024-10-21
        mediaOriginFailover.originUnresponsiveBlocklistOriginIp 2025-01-13 -
        mediaOriginFailover.originUnresponsiveBlocklistWindow 2025-01-13 -
        mtlsOriginKeystore 2024-08-13 -
        origin.aosHostname 2025-07-07 -
        origin.http2Enabled 2024-10-21 -
        origin.http2Title 2024-10-21 -
        origin.maxTlsVersion 2023-09-20 -
        origin.minTlsVersion 2023-09-20 -
        origin.tls13Support 2023-09-20 2024-02-12
        origin.tlsVersionTitle 2023-09-20 -
        originCharacteristics.aosAccessKeyVersionGuid 2025-07-07 -
        originCharacteristics.aosHmacKeyAccessId 2025-07-07 -
        originCharacteristics.aosHmacKeySecret 2025-07-07 -
        originCharacteristics.awsArRegion 2023-05-30 -
        originCharacteristics.encodeEquals 2025-01-13 -
        originCharacteristics.encodeQueryParams 2025-01-13 -
        originCharacteristics.endPointService 2023-05-30 -
        originCharacteristics.hostnameTag 2023-05-30 -
        originCharacteristics.originLocationTitle 2023-05-30 -
        originCharacteristics.propertyIdTag 2023-05-30 -
        originCharacteristics.roleArn 2023-05-30 -
        originCharacteristics.sortQueryParams 2025-01-13 -
        permissionsPolicy 2023-09-20 -
        phasedRelease.cloudletSharedPolicy 2023-05-30 -
        phasedRelease.isSharedPolicy 2023-05-30 -
        pqcClientToEdge 2025-07-07 -
        pqcOrigin 2025-03-24 -
        pqcOrigin.pqcClientHelloKeys 2025-09-09 -
        readTimeout.firstByteTimeout 2024-08-13 -
        requestClientHints 2023-09-20 -
        requestControl.cloudletSharedPolicy 2023-05-30 -
        requestControl.isSharedPolicy 2023-05-30 -
        segmentedContentProtection.enableTokenInQueryString 2024-08-13 -
        segmentedContentProtection.tokenAuthDASHTitle 2024-08-13 -
        shutr - 2023-01-05
        validateEntityTag.nonStrictEnabled 2024-10-21 -
        validateEntityTag.weakEnabled 2024-10-21 -
        videoManagerCloudinary 2025-09-09 -
        visitorPrioritizationQueueIt 2025-05-30 -
        clientCertificate.enforceMtls 2023-09-20 -
        debugMode 2024-10-21 -
        serverLocation 2023-05-30 -
        """;

    private static readonly FrozenDictionary<string, (string First, string Last)> Known = Read();

    /// <summary>Whether what is not in a format is known to be missing in it. Before, names that nobody knows may have been there.</summary>
    /// <param name="format">A dated one, or <see cref="RuleFormats.Latest"/>.</param>
    public static bool IsComplete(string format) => string.CompareOrdinal(Dated(format), Begins) >= 0;

    /// <summary>Whether a format has a behavior or criterion, or an option of one.</summary>
    /// <param name="format">A dated one, or <see cref="RuleFormats.Latest"/>.</param>
    /// <param name="name">Such as <c>origin</c>, or <c>origin.hostname</c>.</param>
    /// <param name="isInCatalog">The catalog has it.</param>
    public static Presence Of(string format, string name, bool isInCatalog)
    {
        if (!Known.TryGetValue(name, out var span))
        {
            return isInCatalog ? Presence.There : Presence.Unknown;
        }

        var dated = Dated(format);
        return string.CompareOrdinal(dated, span.First) < 0 || string.CompareOrdinal(dated, span.Last) > 0 ? Presence.Absent
            : span.Last == RuleFormats.Newest ? Presence.There
            : Presence.Retired;
    }

    /// <summary>Behaviors that the catalog has not any more.</summary>
    public static IEnumerable<string> RetiredBehaviors =>
        Known.Where(entry => entry.Value.Last != RuleFormats.Newest && !entry.Key.Contains('.', StringComparison.Ordinal)).Select(entry => entry.Key);

    private static string Dated(string format) => format == RuleFormats.Latest ? RuleFormats.Newest : format;

    private static FrozenDictionary<string, (string First, string Last)> Read() =>
        Spans
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(' '))
            .ToFrozenDictionary(
                part => part[0],
                part => (part[1] == "-" ? "" : $"v{part[1]}", part[2] == "-" ? RuleFormats.Newest : $"v{part[2]}"),
                StringComparer.Ordinal
            );
}
